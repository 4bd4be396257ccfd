using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vae.Torch;

/// <summary>Writes the pictures and the report of a finished run.</summary>
public static class RunReports
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int Samples = 100, Reconstructions = 20, Completions = 10, Draws = 8;

    /// <summary>A reporter that calls <see cref="Write"/> when training ends.</summary>
    public static IRunReporter Html { get; } = new HtmlReporter();

    /// <summary>
    /// Writes <c>report.html</c>, the model card and the pictures that apply to the model: samples, reconstructions, curves, latents,
    /// traversals, interpolation, class-sheet, manifold and scatter. Of a table, synthetic rows are compared with real ones in pictures
    /// and in <c>table.json</c>.
    /// </summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="result">Result of the run.</param>
    /// <param name="data">Data of the run.</param>
    /// <param name="device">Device that runs the model, such as cpu or cuda.</param>
    /// <exception cref="VaeException">The run cannot be read, or a file cannot be written.</exception>
    public static void Write(RunFolder folder, TrainResult result, DataSplit data, string device = "cpu")
    {
        var experiment = folder.Experiment();
        using var model = folder.LoadModel(device);
        var figures = ValueList.From(Figures(model, result, experiment, data));
        foreach (var (name, figure) in figures)
            figure.Picture.Save(folder.File(name));
        // The report draws its own curves.
        if (result.History.Count > 0)
            Pictures.Curves(result.History).Save(folder.File("curves.png"));
        var title = $"{experiment.Data.Source}: {System.IO.Path.GetFileName(folder.Path)}";
        ModelCards.Write(folder, model, data);
        var table = Table(model, experiment, data, folder);
        ReportPage.Save(new(title, result, experiment, ValueList.From(figures.Select(named => named.Figure)))
        {
            Table = table,
            Codes = table is not null && model.Spec.Latent > 0 && model.Spec.Condition is Condition.None
                ? Codes(model, data, folder) : null,
        }, folder.File(RunFolder.ReportName));
        // A page of earlier weights would show another model.
        if (File.GetLastWriteTimeUtc(folder.File(RunFolder.ExplorerName)) >= File.GetLastWriteTimeUtc(folder.ModelFile))
            LinkExplorer(folder);
    }

    /// <summary>Adds a link to the run's <c>explore.html</c> to its report, if it has a report without one.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <exception cref="VaeException">The report cannot be read or written.</exception>
    internal static void LinkExplorer(RunFolder folder)
    {
        var path = folder.File(RunFolder.ReportName);
        if (File.Exists(path) && ReportPage.WithExplorer(Encoding.UTF8.GetString(Disk.ReadAll(path))) is { } linked)
            AtomicFile.WriteText(path, linked);
    }

    private static TableReport? Table(VaeModel model, Experiment experiment, DataSplit data, RunFolder folder)
    {
        if (!TableStudies.Covers(model.Spec, data.Train.Schema) || !model.Weights.AreFinite)
            return null;
        if (Compared(model, data, experiment.Train.Seed) is not { } report)
            return null;
        TablePictures.Marginals(report).Save(folder.File("marginals.png"));
        TablePictures.Associations(report).Save(folder.File("associations.png"));
        AtomicFile.WriteText(folder.File("table.json"), JsonSerializer.Serialize(report, Json) + "\n");
        return report;
    }

    // A likelihood of an application may have no draws: its run has a report all the same.
    private static TableReport? Compared(VaeModel model, DataSplit data, ulong seed)
    {
        try
        {
            return TableStudies.Report(model, data, seed);
        }
        catch (VaeException)
        {
            return null;
        }
    }

    private static Figure Codes(VaeModel model, DataSplit data, RunFolder folder)
    {
        var picture = TablePictures.Codes(model, data.Train);
        picture.Save(folder.File("codes.png"));
        return new("Codes by column", "Posterior means of training rows in the plane of their largest variance, coloured by each column in "
            + "turn; grey is missing, or a rare class.", picture);
    }

    private sealed record Named(string File, Figure Figure);

    private static IEnumerable<Named> Figures(VaeModel model, TrainResult result, Experiment experiment, DataSplit data)
    {
        var seed = experiment.Train.Seed;
        if (RunPictures.CanShow(model.Spec))
        {
            if (Posteriors.HasDensity(model.Spec.Posterior))
                yield return new("samples.png", Sampled(model, experiment, data, seed));
            yield return new("reconstructions.png", new(
                "Reconstructions", "Test images, above decodings of their posterior means.",
                RunPictures.Reconstructions(model, data.Test, experiment.Data.Binarization, Reconstructions, seed)));
        }
        var diagnosis = Diagnoses.Diagnose(new(model, data.Test, experiment.Data.Binarization, seed), result.History);
        if (diagnosis.Dimensions.Count > 0)
            yield return new("latents.png", Latents(diagnosis));
        if (RunPictures.CanShow(model.Spec) && model.Spec.Latent > 0 && model.Spec.Condition is Condition.None or Condition.Label)
            foreach (var figure in Explored(model, data.Test, experiment.Data.Binarization, seed))
                yield return figure;
    }

    /// <summary>Pictures of the latent space, for unconditional models and those conditioned on a label.</summary>
    private static IEnumerable<Named> Explored(VaeModel model, Dataset test, Binarization binarization, ulong seed)
    {
        if (model.Spec.Condition is Condition.Label && Posteriors.HasDensity(model.Spec.Posterior))
            yield return new("class-sheet.png", new(
                "Classes", "A row for each class, the same draw of z in each column.",
                LatentPictures.ClassSheet(model, 10, seed, ValueList.From(test.Classes))));
        var support = Posteriors.Support(model.Spec.Posterior);
        bool isReal = support == Supports.Reals, isSphere = support == Supports.Sphere;
        if (isReal)
            yield return new("traversals.png", new(
                "Traversals", "One test image with each latent dimension moved from −2.5 to +2.5 deviations; most informative first.",
                LatentPictures.Traversals(model, test, binarization)));
        if (test.Count > 1 && (isReal || isSphere))
            yield return new("interpolation.png", new(
                "Interpolation", $"From one test image to another, {(isReal ? "on a straight line and " : "")}on a great circle.",
                LatentPictures.Interpolation(model, test, binarization, 0, 1)));
        if (model.Spec.Latent != 2 || !(isReal || isSphere))
            yield break;
        if (isReal)
            yield return new("manifold.png", new(
                "The latent plane",
                "Decodings at equal steps of probability"
                    + (model.Spec.Condition is Condition.Label ? $", of class {test.Classes[0]}." : "."),
                LatentPictures.Manifold(model, 20, Cloud(model, () => test, binarization), FirstLabel(model))));
        yield return new("scatter.png", new(
            "Codes", "Posterior means of test images in the latent plane.", LatentPictures.Scatter(model, test, binarization)));
    }

    private static int FirstLabel(VaeModel model) => model.Spec.Condition is Condition.Label ? 0 : -1;

    /// <summary>Moments of the codes of a model whose prior is not N(0, I), as <see cref="LatentPictures.Manifold"/> requires.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">Loads the examples to encode; called only if they are needed.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <returns>Null if the prior is N(0, I).</returns>
    public static LatentCloud? Cloud(VaeModel model, Func<Dataset> data, Binarization binarization) =>
        Posteriors.HasDensity(model.Spec.Posterior) && model.Spec.Prior is Prior.StandardNormal
        ? null : LatentClouds.Moments(new Evaluator(model, data(), binarization).Encode().Means);

    private static Figure Sampled(VaeModel model, Experiment experiment, DataSplit data, ulong seed) =>
        Conditions.ShowsInput(model.Spec.Condition)
            ? new("Completions", "The observed part of test images, draws of the rest, and the originals.",
                RunPictures.Completions(
                    model, data.Test, experiment.Data.Binarization, Completions, model.Spec.Latent == 0 ? 1 : Draws, seed))
            : new("Samples", "Decoded draws from the prior.", RunPictures.Samples(model, Samples, seed, like: data.Test));

    private static Figure Latents(Diagnosis diagnosis)
    {
        var values = new double[diagnosis.Dimensions.Count];
        foreach (var facts in diagnosis.Dimensions)
            values[facts.Index] = facts.Kl ?? facts.MeanVariance;
        var notes = string.Join(' ', diagnosis.Findings.Select(finding => $"Note: {finding}."));
        var caption = $"{diagnosis.ActiveUnits} of {values.Length} are active. {notes}".Trim();
        return diagnosis.Dimensions[0].Kl is null
            ? new(
                "Variance of each dimension of the code", caption,
                Pictures.Bars(values, "Variance", "over the test set", "dimension of the code"))
            : new("KL of each latent dimension", caption, Pictures.Bars(values))
            {
                Narrow = Pictures.Bars(values, width: ReportStyle.NarrowChart),
            };
    }

    private sealed class HtmlReporter : IRunReporter
    {
        public void Write(RunFolder folder, TrainResult result, DataSplit data, string device) =>
            RunReports.Write(folder, result, data, device);
    }
}
