namespace Vae.Torch;

/// <summary>A figure of a model card, in nats per example.</summary>
/// <param name="Id">Its name for programs.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Mean">The mean over examples.</param>
/// <param name="Error">The standard error of the mean from the choice of examples; 0 for one example.</param>
internal sealed record CardFigure(string Id, string Title, double Mean, double Error);

/// <summary>The figures of model cards.</summary>
internal static class CardFigures
{
    /// <summary>The terms of the loss, and the bound on −ln p(x) if samples are asked for; those that are finite.</summary>
    public static ValueList<CardFigure> Measure(EvaluationInput input, int importanceSamples)
    {
        var evaluator = new Evaluator(input);
        var terms = evaluator.TermsOfEach();
        List<CardFigure?> figures = [
            Figure("negative-elbo", "−ELBO", terms.Select(term => term.NegElbo)),
            Figure("reconstruction", "reconstruction", terms.Select(term => (double?)term.Reconstruction)),
            Figure("kl", "KL", terms.Select(term => term.Kl))];
        if (importanceSamples > 0 && Posteriors.HasDensity(input.Model.Spec.Posterior))
            figures.Add(Figure("negative-log-likelihood-bound", $"bound on −ln p(x), {importanceSamples} samples",
                evaluator.NllOfEach(importanceSamples).Select(value => (double?)value)));
        return ValueList.From(figures.OfType<CardFigure>());
    }

    private static CardFigure? Figure(string id, string title, IEnumerable<double?> each)
    {
        double[] values = [.. each.Select(value => value ?? double.NaN)];
        if (values.Any(value => !double.IsFinite(value)))
            return null;
        var summary = Summaries.Summarize(values);
        return new(id, title, summary.Mean, summary.Deviation / Math.Sqrt(values.Length));
    }
}
