namespace Vae.Torch;

/// <summary>Draws images and charts. Methods return pictures as values and write no files.</summary>
public static class Pictures
{
    /// <summary>
    /// Draws a grid of images. Each value becomes a block of scale × scale pixels of intensity round(255 · value). Values outside
    /// [0, 1] are clipped; NaN is magenta.
    /// </summary>
    /// <param name="images">[N, C, H, W]; values in [0, 1]; N ≥ 1.</param>
    /// <param name="shape">Shape of one image: [C, H, W] with 1 channel (grey) or 3 (red, green, blue).</param>
    /// <param name="columns">Images per row; ≥ 1.</param>
    /// <param name="scale">Pixels per value; ≥ 1. By default the grid is about 900 pixels wide.</param>
    /// <param name="rowNames">Names to the left of the rows, one per row; none by default.</param>
    /// <param name="columnNames">Names above the columns, one per column; none by default.</param>
    /// <returns>A greyscale picture, or a colour picture if a pixel has a colour.</returns>
    /// <exception cref="VaeException">An argument is out of range, or the picture would be too large.</exception>
    public static Picture Grid(
        ReadOnlySpan<float> images, Shape shape, int columns, int? scale = null, ValueList<string>? rowNames = null,
        ValueList<string>? columnNames = null) =>
        Grids.Grid(images, shape, columns, scale, new(rowNames ?? [], columnNames ?? []));

    /// <summary>Draws reconstructions below their originals, in pairs of rows, as <see cref="Grid"/> draws images.</summary>
    /// <param name="originals">[N, C, H, W]; values in [0, 1]; N ≥ 1.</param>
    /// <param name="reconstructions">[N, C, H, W]; values in [0, 1].</param>
    /// <param name="shape">Shape of one image: [C, H, W] with 1 or 3 channels.</param>
    /// <param name="columns">Pairs per row; ≥ 1.</param>
    /// <param name="scale">Pixels per value; ≥ 1. By default the grid is about 900 pixels wide.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">An argument is out of range, or the picture would be too large.</exception>
    public static Picture Pairs(
        ReadOnlySpan<float> originals, ReadOnlySpan<float> reconstructions, Shape shape, int columns = 10, int? scale = null) =>
        Grids.Pairs(originals, reconstructions, shape, columns, scale);

    /// <summary>
    /// Draws training and validation losses over epochs in nats per example, one panel each for −ELBO, reconstruction and KL; and
    /// learning rate and β if they change.
    /// </summary>
    /// <param name="history">At least one epoch.</param>
    /// <param name="width">Width in units of a page, two pixels each; 300 to 4000. Below 640 panels are stacked.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The history is empty, or the width is out of range.</exception>
    public static Picture Curves(ValueList<HistoryEntry> history, int width = 900) => Vae.Torch.Curves.Draw(history, width);

    /// <summary>Draws points of a plane, such as codes of a 2-dimensional latent, coloured by class and with class names.</summary>
    /// <param name="points">[N, 2]; N ≥ 1; points that are not finite are skipped.</param>
    /// <param name="labels">[N], ≥ 0; empty for points without classes.</param>
    /// <param name="classNames">A name per label; the label by default.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">There are no finite points, or labels do not fit.</exception>
    public static Picture Scatter(ReadOnlySpan<float> points, ReadOnlySpan<int> labels = default, ValueList<string>? classNames = null) =>
        Scatters.Draw(points, labels, classNames ?? []);

    /// <summary>
    /// Draws models in the rate–distortion plane: KL on the x axis, reconstruction on the y axis. Models on the Pareto front are
    /// connected and have priority for names. Alemi et al. 2018.
    /// </summary>
    /// <param name="rates">KL of each model; nats. Models with values that are not finite are skipped.</param>
    /// <param name="distortions">Reconstruction of each model; nats.</param>
    /// <param name="names">Names of the models.</param>
    /// <param name="width">Width in units of a page, two pixels each; 300 to 4000.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">No model has finite values, or lengths or width are out of range.</exception>
    public static Picture RateDistortion(
        ReadOnlySpan<double> rates, ReadOnlySpan<double> distortions, ValueList<string> names, int width = 900) =>
        RateDistortionPlots.Draw(rates.ToArray(), distortions.ToArray(), names, width);

    /// <summary>Draws lines over common x values, each with its name.</summary>
    /// <param name="titles">Titles of the plot and its axes.</param>
    /// <param name="places">x values; at least 2, finite, ascending.</param>
    /// <param name="values">y values line by line: one per x value and line; finite.</param>
    /// <param name="names">Names of 1 to 10 lines.</param>
    /// <param name="width">Width in units of a page, two pixels each; 300 to 4000.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">Lengths or width are out of range, or a value is not finite.</exception>
    public static Picture Lines(PlotTitles titles, double[] places, double[] values, ValueList<string> names, int width = 900) =>
        LinePlots.Draw(titles, places, values, names, width);

    /// <summary>Draws lines over common x values, each with its name, 900 units wide.</summary>
    /// <param name="title">Name of the quantity.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="across">Name of the x axis.</param>
    /// <param name="places">x values; at least 2, finite, ascending.</param>
    /// <param name="values">y values line by line: one per x value and line; finite.</param>
    /// <param name="names">Names of 1 to 10 lines.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">A length is out of range, or a value is not finite.</exception>
    public static Picture Lines(
        string title, string unit, string across, double[] places, double[] values, ValueList<string> names) =>
        Lines(new PlotTitles(title, unit, across), places, values, names);

    /// <summary>Draws a bar per value, largest first, labelled by its index; by default for the KL of each latent dimension.</summary>
    /// <param name="values">At least one value.</param>
    /// <param name="title">Name of the quantity.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="item">Name of the thing that an index refers to.</param>
    /// <param name="width">Width in units of a page, two pixels each; 300 to 4000.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">There are no values, or the width is out of range.</exception>
    public static Picture Bars(
        ReadOnlySpan<double> values, string title = "KL", string unit = "nats per example", string item = "latent dimension",
        int width = 900) =>
        BarCharts.Draw(values, title, unit, item, width);
}
