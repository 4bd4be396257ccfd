using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How z is drawn in each round of imputation.</summary>
public enum ImputationMethod
{
    /// <summary>Each round draws from q(z|x); exact if q is the true posterior; Rezende et al. 2014.</summary>
    PseudoGibbs,
    /// <summary>
    /// In the second half of the rounds a draw from q(z|x) is a Metropolis–Hastings proposal, so that the chain samples the model's
    /// p(missing|observed) for any q; Mattei &amp; Frellsen 2018.
    /// </summary>
    Metropolis,
}

/// <summary>How missing values are imputed.</summary>
/// <param name="Rounds">Rounds of encoding and decoding; ≥ 1. Imputed values are means over the second half.</param>
/// <param name="Method">How z is drawn in a round; an autoencoder does not draw, but reconstructs repeatedly.</param>
public sealed record ImputationOptions(int Rounds = 100, ImputationMethod Method = ImputationMethod.PseudoGibbs);

/// <summary>Examples with missing values, and their imputations.</summary>
/// <param name="Originals">Complete examples as the model receives them, [N, ...].</param>
/// <param name="Observed">[N, ...]; 1 for an observed value, 0 for a missing one.</param>
/// <param name="Start">Observed values, with the start values in place of missing ones, [N, ...].</param>
/// <param name="Imputed">Observed values, with imputed values in place of missing ones, [N, ...].</param>
/// <param name="Accepted">Fraction of Metropolis proposals that were accepted; 1 without proposals.</param>
public sealed record Imputation(NdArray Originals, NdArray Observed, NdArray Start, NdArray Imputed, double Accepted)
{
    /// <summary>Root mean squared error of the imputed values.</summary>
    public double Error => Masks.MissingError(Originals, Imputed, Observed);

    /// <summary>Root mean squared error of the start values, the baseline of an imputation.</summary>
    public double StartError => Masks.MissingError(Originals, Start, Observed);

    /// <summary>Fraction of values that are missing; in [0, 1].</summary>
    public double Missing => 1 - Observed.ToArray().Average();
}

/// <summary>Imputes missing values of examples from the observed ones.</summary>
public static class Imputations
{
    /// <summary>Imputes masked values of complete examples, so that the error of the imputation is known.</summary>
    /// <param name="input">The model and N complete examples. Values that a condition shows of an example must be observed.</param>
    /// <param name="observed">A mask, such as those of <see cref="Masks"/>: [N, ...], or [1, ...] for one mask for all.</param>
    /// <param name="start">Start values for one example, such as the training set's mean; null for 0.5.</param>
    /// <param name="options">Rounds and method; null for the defaults.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Originals, mask, start and imputed values.</returns>
    /// <exception cref="VaeException">
    /// Data, mask or start do not fit the model, or the method needs a posterior density that the model lacks.
    /// </exception>
    public static Imputation Impute(
        EvaluationInput input, NdArray observed, float[]? start = null, ImputationOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        var (model, data) = (input.Model, input.Data);
        Check(model, data, observed, start, options);
        var once = Array.ConvertAll(observed.ToArray(), value => (float)value);
        var mask = Enumerable.Repeat(once, data.Count / observed.Dims[0]).SelectMany(values => values).ToArray();
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches();
        List<double> originals = [], begun = [], imputed = [];
        double accepted = 0;
        source.Each((x, condition, place) =>
        {
            var size = (int)x.shape[0] * data.ItemSize;
            var known = mask[originals.Count..(originals.Count + size)].ToTensor(model.Device, x.shape).to(x.dtype);
            var first = (start ?? [.. Enumerable.Repeat(0.5f, data.ItemSize)]).ToTensor(model.Device, [1, .. x.shape[1..]]).to(x.dtype);
            var chain = new ImputationChain(model, new(x, condition, known, place), options, noise);
            originals.AddRange(x.ToDoubles());
            begun.AddRange(chain.Mixed(first.expand(x.shape)).ToDoubles());
            imputed.AddRange(chain.Run(first.expand(x.shape), stop).ToDoubles());
            accepted += chain.Accepted * x.shape[0];
        });
        int[] dims = [data.Count, .. data.Shape.Dims];
        return new(NdArray.FromValues([.. originals], dims), NdArray.FromValues(Array.ConvertAll(mask, value => (double)value), dims),
            NdArray.FromValues([.. begun], dims), NdArray.FromValues([.. imputed], dims), accepted / data.Count);
    }

    /// <summary>The mean of each value over the first examples, at most 10,000: a start value that is the same for all.</summary>
    /// <param name="data">At least one example.</param>
    /// <returns>The values of one example.</returns>
    /// <exception cref="VaeException">The data are empty.</exception>
    public static float[] MeanOf(Dataset data)
    {
        var values = new float[Math.Min(data.Count, 10_000) * data.ItemSize];
        VaeException.Require(values.Length > 0, "data", "must have at least one example to have a mean", "none");
        data.Pixels.CopyTo(0, values);
        var mean = new double[data.ItemSize];
        for (var at = 0; at < values.Length; at++)
            mean[at % mean.Length] += (double)values[at] * mean.Length / values.Length;
        return Array.ConvertAll(mean, value => (float)value);
    }

    private static void Check(VaeModel model, Dataset data, NdArray observed, float[]? start, ImputationOptions options)
    {
        VaeException.Require(
            data.Shape == model.Spec.Input, "data", $"must have the shape {model.Spec.Input} of the model's input", data.Shape);
        VaeException.Require(data.Count > 0, "data", "must have at least one example", "none");
        VaeException.Require(
            observed.Dims is [var count, .. var rest] && (count == 1 || count == data.Count) && rest.SequenceEqual(data.Shape.Dims),
            "mask", $"must be [1 or {data.Count}, {string.Join(", ", data.Shape.Dims)}]", $"[{string.Join(", ", observed.Dims)}]");
        VaeException.Require(observed.ToArray().All(value => value is 0 or 1), "mask", "must be 0 and 1 only", "other values");
        VaeException.Require(
            start is null || start.Length == data.ItemSize && start.All(float.IsFinite),
            "start", $"must be {data.ItemSize} finite values", $"{start?.Length} values");
        VaeException.Require(options.Rounds >= 1, "rounds", "must be at least 1", options.Rounds);
        if (options.Method == ImputationMethod.Metropolis)
            model.RequireDistribution("Metropolis proposals");
        var shown = Conditions.Observed(model.Spec.Condition, data.Shape).ToArray();
        VaeException.Require(
            !observed.ToArray().Where((value, at) => value < shown[at % shown.Length]).Any(),
            "mask", "must keep the values that the model's condition shows of the image", "some of them missing");
    }
}
