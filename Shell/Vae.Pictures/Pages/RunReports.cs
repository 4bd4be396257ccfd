namespace Vae.Torch;

/// <summary>The pictures and the page that a run folder ends with.</summary>
public static class RunReports
{
    private const int Samples = 100, Reconstructions = 20, Completions = 10, Draws = 8;

    /// <summary>Writes what <see cref="Write"/> does when training ends.</summary>
    public static IRunReporter Html { get; } = new HtmlReporter();

    /// <summary>Writes the pictures that there are to show (samples, reconstructions, curves, latents, traversals, interpolation; class-sheet, manifold and scatter where the model has them) and <c>report.html</c>.</summary>
    public static void Write(RunFolder folder, TrainResult result, DataSplit data, string device = "cpu")
    {
        var experiment = folder.Experiment();
        using var model = folder.LoadModel(device);
        var figures = ValueList.From(Figures(model, result, experiment, data));
        foreach (var (name, figure) in figures)
            figure.Picture.Save(folder.File(name));
        // The page draws them itself.
        if (result.History.Count > 0)
            Pictures.Curves(result.History).Save(folder.File("curves.png"));
        ReportPage.Save(new($"{experiment.Data.Source}: {System.IO.Path.GetFileName(folder.Path)}", result, experiment, ValueList.From(figures.Select(f => f.Figure))), folder.File("report.html"));
    }

    private sealed record Named(string File, Figure Figure);

    private static IEnumerable<Named> Figures(VaeModel model, TrainResult result, Experiment experiment, DataSplit data)
    {
        var seed = experiment.Train.Seed;
        if (RunPictures.CanShow(model.Spec))
        {
            if (Posteriors.HasDensity(model.Spec.Posterior))
                yield return new("samples.png", Sampled(model, experiment, data, seed));
            yield return new("reconstructions.png", new("Reconstructions", "Test images over what is decoded from the mean of their posterior.",
                RunPictures.Reconstructions(model, data.Test, experiment.Data.Binarization, Reconstructions, seed)));
        }
        var diagnosis = Diagnoses.Diagnose(new(model, data.Test, experiment.Data.Binarization, seed), result.History);
        if (diagnosis.Dimensions.Count > 0)
            yield return new("latents.png", Latents(diagnosis));
        if (RunPictures.CanShow(model.Spec) && model.Spec.Latent > 0 && model.Spec.Condition is Condition.None or Condition.Label)
            foreach (var figure in Explored(model, data.Test, experiment.Data.Binarization, seed))
                yield return figure;
    }

    /// <summary>What the latent space holds, for models that are told nothing or a class.</summary>
    private static IEnumerable<Named> Explored(VaeModel model, Dataset test, Binarization binarization, ulong seed)
    {
        if (model.Spec.Condition is Condition.Label && Posteriors.HasDensity(model.Spec.Posterior))
            yield return new("class-sheet.png", new("Classes", "A row for each class, the same draw of z down a column.",
                LatentPictures.ClassSheet(model, 10, seed, ValueList.From(test.Classes))));
        var support = Posteriors.Support(model.Spec.Posterior);
        bool isReal = support == Supports.Reals, isSphere = support == Supports.Sphere;
        if (isReal)
            yield return new("traversals.png", new("Traversals", "What each latent dimension does to one test image, those that say most first; 2.5 deviations to either side.",
                LatentPictures.Traversals(model, test, binarization)));
        if (test.Count > 1 && (isReal || isSphere))
            yield return new("interpolation.png", new("Interpolation", $"From one test image to another: {(isReal ? "straight through latent space, and " : "")}on the great circle.",
                LatentPictures.Interpolation(model, test, binarization, 0, 1)));
        if (model.Spec.Latent != 2 || !(isReal || isSphere))
            yield break;
        if (isReal)
            yield return new("manifold.png", new("The latent plane", $"Decoded codes at equal steps of probability{(model.Spec.Condition is Condition.Label ? $", of class {test.Classes[0]}" : "")}.",
                LatentPictures.Manifold(model, 20, Cloud(model, () => test, binarization), FirstLabel(model))));
        yield return new("scatter.png", new("Codes", "Posterior means of test images in the latent plane.", LatentPictures.Scatter(model, test, binarization)));
    }

    private static int FirstLabel(VaeModel model) => model.Spec.Condition is Condition.Label ? 0 : -1;

    /// <summary>Where the codes of a model without N(0, I) as prior lie; null for one with it.</summary>
    public static LatentCloud? Cloud(VaeModel model, Func<Dataset> data, Binarization binarization) =>
        Posteriors.HasDensity(model.Spec.Posterior) && model.Spec.Prior is Prior.StandardNormal
        ? null : LatentClouds.Moments(new Evaluator(model, data(), binarization).Encode().Means);

    private static Figure Sampled(VaeModel model, Experiment experiment, DataSplit data, ulong seed) => Conditions.ShowsInput(model.Spec.Condition)
        ? new("Completions", "What is observed of test images, draws of the rest given it, and the originals.",
            RunPictures.Completions(model, data.Test, experiment.Data.Binarization, Completions, model.Spec.Latent == 0 ? 1 : Draws, seed))
        : new("Samples", "Decoded draws from the prior.", RunPictures.Samples(model, Samples, seed, like: data.Test));

    private static Figure Latents(Diagnosis diagnosis)
    {
        var values = new double[diagnosis.Dimensions.Count];
        foreach (var facts in diagnosis.Dimensions)
            values[facts.Index] = facts.Kl ?? facts.MeanVariance;
        var caption = $"{diagnosis.ActiveUnits} of {values.Length} are active. {string.Join(' ', diagnosis.Findings.Select(finding => $"Note: {finding}."))}".Trim();
        return diagnosis.Dimensions[0].Kl is null
            ? new("Variance of each dimension of the code", caption, Pictures.Bars(values, "Variance", "over the test set", "dimension of the code"))
            : new("KL of each latent dimension", caption, Pictures.Bars(values));
    }

    private sealed class HtmlReporter : IRunReporter
    {
        public void Write(RunFolder folder, TrainResult result, DataSplit data, string device) => RunReports.Write(folder, result, data, device);
    }
}
