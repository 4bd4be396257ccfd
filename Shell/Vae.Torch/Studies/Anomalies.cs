namespace Vae.Torch;

/// <summary>Anomaly scores of one example; higher is more anomalous.</summary>
/// <param name="Index">Index of the example in its data set, from 0.</param>
/// <param name="Class">Class of the example; empty without labels.</param>
/// <param name="Reconstruction">−ln p(x|z, c) at a draw from the posterior or at an autoencoder's code; nats.</param>
/// <param name="NegElbo">−ELBO; nats; null for an autoencoder.</param>
/// <param name="Nll">Importance-weighted bound on −ln p(x|c); nats; null for an autoencoder.</param>
internal sealed record AnomalyScore(int Index, string Class, double Reconstruction, double? NegElbo, double? Nll)
{
    /// <summary>The sum over columns of a table of squared surprises among ordinary rows; nats²; null if it was not computed.</summary>
    public double? Ranks { get; init; }

    /// <summary>
    /// The score by ranks if it was computed; else the tightest one in nats: the bound on −ln p(x|c), or the reconstruction for an
    /// autoencoder.
    /// </summary>
    public double Best => Ranks ?? Nll ?? NegElbo ?? Reconstruction;
}

/// <summary>How well each score separates anomalies from ordinary examples: areas under the ROC curve, 0.5 by chance.</summary>
/// <param name="Class">Name of the anomalies.</param>
/// <param name="Anomalies">Number of anomalies.</param>
/// <param name="Ordinary">Number of ordinary examples.</param>
/// <param name="Reconstruction">Area for the reconstruction; in [0, 1].</param>
/// <param name="NegElbo">Area for −ELBO; in [0, 1]; null for an autoencoder.</param>
/// <param name="Nll">Area for the bound on −ln p(x|c); in [0, 1]; null for an autoencoder.</param>
internal sealed record Detection(string Class, int Anomalies, int Ordinary, double Reconstruction, double? NegElbo, double? Nll);

/// <summary>Scores how unlikely examples are under a model, and measures how well the scores detect anomalies.</summary>
internal static class Anomalies
{
    /// <summary>Scores all examples of a data set.</summary>
    /// <param name="input">The model and the examples; an autoencoder scores by the reconstruction alone.</param>
    /// <param name="importanceSamples">k, the number of samples of the importance-weighted bound; ≥ 1.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One score per example, in their order.</returns>
    /// <exception cref="VaeException">The examples do not fit the model, or the number of samples is below 1.</exception>
    public static ValueList<AnomalyScore> Scores(EvaluationInput input, int importanceSamples = 20, CancellationToken stop = default)
    {
        var (evaluator, data) = (new Evaluator(input), input.Data);
        var terms = evaluator.TermsOfEach();
        var bounds = Posteriors.HasDensity(input.Model.Spec.Posterior) ? evaluator.NllOfEach(importanceSamples, stop) : [];
        return ValueList.From(terms.Select((term, i) => new AnomalyScore(
            i, data.HasLabels ? data.Classes[data.Labels.Span[i]] : "", term.Reconstruction, term.NegElbo,
            bounds.Count == 0 ? null : bounds[i])));
    }

    /// <summary>Measures how well one model's scores separate anomalies from ordinary examples; at least one of each.</summary>
    /// <exception cref="VaeException">There are no anomalies or no ordinary examples.</exception>
    internal static Detection Detect(string name, IReadOnlyCollection<AnomalyScore> anomalies, IReadOnlyCollection<AnomalyScore> ordinary)
    {
        VaeException.Require(
            anomalies.Count > 0 && ordinary.Count > 0, "anomalies", "must be at least one example, with at least one ordinary example",
            $"{anomalies.Count} and {ordinary.Count}");
        double Area(Func<AnomalyScore, double> score) => RocCurves.Area([.. anomalies.Select(score)], [.. ordinary.Select(score)]);
        var distributed = anomalies.Concat(ordinary).All(score => score is { NegElbo: not null, Nll: not null });
        return new(name, anomalies.Count, ordinary.Count, Area(score => score.Reconstruction),
            distributed ? Area(score => score.NegElbo!.Value) : null, distributed ? Area(score => score.Nll!.Value) : null);
    }
}
