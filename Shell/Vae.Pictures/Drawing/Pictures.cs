namespace Vae.Torch;

/// <summary>Pictures of what a model does and how it was trained. Each call gives a value; nothing is written or shown.</summary>
public static class Pictures
{
    /// <summary>
    /// Images side by side, every value a block of scale × scale pixels of byte round(255 · value). What lies outside [0, 1] is
    /// clipped; what is not a number is magenta.
    /// </summary>
    /// <param name="images">[N, C, H, W]; values in [0, 1]; N ≥ 1.</param>
    /// <param name="shape">Of one image: [C, H, W] with 1 channel (grey) or 3 (red, green, blue).</param>
    /// <param name="columns">Images in a row; ≥ 1.</param>
    /// <param name="scale">Pixels for a value; ≥ 1. Without it, what makes the grid about 900 pixels wide.</param>
    /// <param name="rowNames">Left of the rows, one each; none by default.</param>
    /// <param name="columnNames">Above the columns, one each; none by default.</param>
    public static Picture Grid(
        ReadOnlySpan<float> images, Shape shape, int columns, int? scale = null, ValueList<string>? rowNames = null, ValueList<string>? columnNames = null) =>
        Grids.Grid(images, shape, columns, scale, rowNames ?? [], columnNames ?? []);

    /// <summary>Reconstructions under their originals, as in <see cref="Grid"/>; where there are more than a row holds, in pairs of rows.</summary>
    /// <param name="originals">[N, C, H, W]; values in [0, 1]; N ≥ 1.</param>
    /// <param name="reconstructions">As many as originals.</param>
    /// <param name="shape">Of one image: [C, H, W] with 1 or 3 channels.</param>
    /// <param name="columns">Pairs in a row; ≥ 1.</param>
    /// <param name="scale">Pixels for a value; ≥ 1.</param>
    public static Picture Pairs(ReadOnlySpan<float> originals, ReadOnlySpan<float> reconstructions, Shape shape, int columns = 10, int? scale = null) =>
        Grids.Pairs(originals, reconstructions, shape, columns, scale);

    /// <summary>
    /// Loss terms over epochs in nats per example, training and held out: −ELBO, reconstruction and KL, a panel each; learning
    /// rate and β where they changed.
    /// </summary>
    /// <param name="history">At least one epoch.</param>
    /// <param name="width">In units of a page, two pixels each; 300 to 4000. Below 640 the panels stand one under another.</param>
    public static Picture Curves(ValueList<HistoryEntry> history, int width = 900) => Vae.Torch.Curves.Draw(history, width);

    /// <summary>Points of a plane, as codes of length 2, with a colour, a legend and a name at the median for each class.</summary>
    /// <param name="points">[N, 2]; N ≥ 1; what is not finite is left out.</param>
    /// <param name="labels">[N], or none; ≥ 0.</param>
    /// <param name="classNames">A name for each label; by default its number.</param>
    public static Picture Scatter(ReadOnlySpan<float> points, ReadOnlySpan<int> labels = default, ValueList<string>? classNames = null) =>
        Scatters.Draw(points, labels, classNames ?? []);

    /// <summary>
    /// Models by what a code costs and what is lost with it, KL across and reconstruction up; those that no other beats in
    /// both are joined and named first. Alemi et al. 2018.
    /// </summary>
    /// <param name="rates">KL of each; nats; what is not finite is left out with its model.</param>
    /// <param name="distortions">Reconstruction of each; nats.</param>
    /// <param name="names">One each.</param>
    /// <param name="width">In units of a page, two pixels each; 300 to 4000.</param>
    public static Picture RateDistortion(ReadOnlySpan<double> rates, ReadOnlySpan<double> distortions, ValueList<string> names, int width = 900) =>
        RateDistortionPlots.Draw(rates.ToArray(), distortions.ToArray(), names, width);

    /// <summary>Lines over common places, each with its name.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="unit">In what.</param>
    /// <param name="across">What the places are.</param>
    /// <param name="places">At least 2; finite, in order.</param>
    /// <param name="values">Finite, a line after another; as many as places times names.</param>
    /// <param name="names">Of the lines, 1 … 10.</param>
    /// <param name="width">In units of a page, two pixels each; 300 to 4000.</param>
    public static Picture Lines(string title, string unit, string across, double[] places, double[] values, ValueList<string> names, int width = 900) =>
        LinePlots.Draw(title, unit, across, places, values, names, width);

    /// <summary>A bar for each value, the largest first, numbered by its place in <paramref name="values"/> from 0; by default the KL of each latent dimension.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="item">What a bar stands for.</param>
    /// <param name="width">In units of a page, two pixels each; 300 to 4000.</param>
    public static Picture Bars(
        ReadOnlySpan<double> values, string title = "KL", string unit = "nats per example", string item = "latent dimension", int width = 900) =>
        BarCharts.Draw(values, title, unit, item, width);
}
