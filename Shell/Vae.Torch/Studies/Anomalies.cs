namespace Vae.Torch;

/// <summary>How unlikely a model finds one example; higher is more anomalous. Null stands for what an autoencoder does not have.</summary>
/// <param name="Index">The place of the example in its data set, from 0.</param>
/// <param name="Class">Its class; empty where there are no labels.</param>
/// <param name="Reconstruction">−ln p(x|z, c) at a draw from the posterior, of an autoencoder at its code; nats.</param>
/// <param name="NegElbo">−ELBO; nats.</param>
/// <param name="Nll">The importance-weighted bound on −ln p(x|c); nats.</param>
public sealed record AnomalyScore(int Index, string Class, double Reconstruction, double? NegElbo, double? Nll)
{
    /// <summary>The best of its scores: the bound on −ln p(x|c), or the reconstruction where there is no bound.</summary>
    public double Best => Nll ?? NegElbo ?? Reconstruction;
}

/// <summary>How well each score tells anomalies from ordinary examples: areas under the ROC curve, 0.5 for a score that tells nothing.</summary>
/// <param name="Class">What the anomalies are.</param>
/// <param name="Anomalies">How many.</param>
/// <param name="Ordinary">How many others.</param>
/// <param name="Reconstruction">In [0, 1].</param>
/// <param name="NegElbo">In [0, 1]; null for an autoencoder.</param>
/// <param name="Nll">In [0, 1]; null for an autoencoder.</param>
internal sealed record Detection(string Class, int Anomalies, int Ordinary, double Reconstruction, double? NegElbo, double? Nll);

/// <summary>Scores of how unlikely examples are, and how well they find what a model was not trained on.</summary>
public static class Anomalies
{
    /// <summary>The scores of all examples of a data set, in their order.</summary>
    /// <param name="input">The examples to score; an autoencoder scores them by the reconstruction alone.</param>
    /// <param name="importanceSamples">k of the importance-weighted bound; ≥ 1.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static ValueList<AnomalyScore> Scores(EvaluationInput input, int importanceSamples = 20, CancellationToken stop = default)
    {
        var (evaluator, data) = (new Evaluator(input), input.Data);
        var terms = evaluator.TermsOfEach();
        var bounds = Posteriors.HasDensity(input.Model.Spec.Posterior) ? evaluator.NllOfEach(importanceSamples, stop) : [];
        return ValueList.From(terms.Select((of, i) => new AnomalyScore(
            i, data.HasLabels ? data.Classes[data.Labels.Span[i]] : "", of.Reconstruction, of.NegElbo, bounds.Count == 0 ? null : bounds[i])));
    }

    /// <summary>How well the scores of some examples stand out from those of others; at least one of each, all of one model.</summary>
    internal static Detection Detect(string name, IReadOnlyCollection<AnomalyScore> anomalies, IReadOnlyCollection<AnomalyScore> ordinary)
    {
        VaeException.Require(anomalies.Count > 0 && ordinary.Count > 0, "anomalies", "must be at least one example, and at least one ordinary beside it", $"{anomalies.Count} and {ordinary.Count}");
        double Area(Func<AnomalyScore, double> score) => RocCurves.Area([.. anomalies.Select(score)], [.. ordinary.Select(score)]);
        var distributed = anomalies.Concat(ordinary).All(score => score is { NegElbo: not null, Nll: not null });
        return new(name, anomalies.Count, ordinary.Count, Area(score => score.Reconstruction),
            distributed ? Area(score => score.NegElbo!.Value) : null, distributed ? Area(score => score.Nll!.Value) : null);
    }
}
