using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How the missing values of an example are drawn.</summary>
public enum ImputationMethod
{
    /// <summary>Each round takes its draw from q(z|x): right where q is the posterior; Rezende et al. 2014, on missing data.</summary>
    PseudoGibbs,
    /// <summary>In the second half of the rounds a draw from q(z|x) is a proposal, taken or not so that they sample the model's p(missing|observed) whatever q is; Mattei &amp; Frellsen 2018.</summary>
    Metropolis,
}

/// <summary>How missing values are imputed.</summary>
/// <param name="Rounds">Of encoding and decoding; ≥ 1. The imputed values are means over the second half of them.</param>
/// <param name="Method">How z is drawn in a round; an autoencoder draws nothing, its rounds are repeated reconstruction.</param>
public sealed record ImputationOptions(int Rounds = 100, ImputationMethod Method = ImputationMethod.PseudoGibbs);

/// <summary>Examples with missing values, and what a model makes of them.</summary>
/// <param name="Originals">[N, ...], as the model sees them.</param>
/// <param name="Observed">[N, ...]; 1 where a value was given, 0 where it was missing.</param>
/// <param name="Start">[N, ...]: what the missing values were before the first round.</param>
/// <param name="Imputed">[N, ...]: observed values as they are, the others as imputed.</param>
/// <param name="Accepted">The part of the proposals that was taken; 1 without proposals.</param>
public sealed record Imputation(NdArray Originals, NdArray Observed, NdArray Start, NdArray Imputed, double Accepted)
{
    /// <summary>The root mean squared error of the imputed values.</summary>
    public double Error => Masks.MissingError(Originals, Imputed, Observed);

    /// <summary>That of the values that the rounds began with: what an imputation must beat.</summary>
    public double StartError => Masks.MissingError(Originals, Start, Observed);

    /// <summary>The part of all values that was missing; in [0, 1].</summary>
    public double Missing => 1 - Observed.ToArray().Average();
}

/// <summary>Fills in missing values of examples, given the others.</summary>
public static class Imputations
{
    /// <summary>Of a data set whose values are known, so that the error is too.</summary>
    /// <param name="input">Any model and the examples; what a condition shows of an example must be among what is observed.</param>
    /// <param name="observed">A mask of <see cref="Masks"/>: [N, ...], or [1, ...] for all alike.</param>
    /// <param name="start">Values to begin with, as many as one example has, such as a training set's mean; by default 0.5.</param>
    /// <param name="options">How.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static Imputation Impute(
        EvaluationInput input, NdArray observed, float[]? start = null, ImputationOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        var (model, data) = (input.Model, input.Data);
        Check(model, data, observed, start, options);
        var mask = Enumerable.Repeat(Array.ConvertAll(observed.ToArray(), value => (float)value), data.Count / observed.Dims[0]).SelectMany(of => of).ToArray();
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches();
        List<double> originals = [], begun = [], imputed = [];
        double accepted = 0;
        source.Each((x, condition, place) =>
        {
            var size = (int)x.shape[0] * data.ItemSize;
            var seen = mask[originals.Count..(originals.Count + size)].ToTensor(model.Device, x.shape).to(x.dtype);
            var first = (start ?? [.. Enumerable.Repeat(0.5f, data.ItemSize)]).ToTensor(model.Device, [1, .. x.shape[1..]]).to(x.dtype);
            var chain = new ImputationChain(model, x, condition, seen, options, noise, place);
            originals.AddRange(x.ToDoubles());
            begun.AddRange(chain.Mixed(first.expand(x.shape)).ToDoubles());
            imputed.AddRange(chain.Run(first.expand(x.shape), stop).ToDoubles());
            accepted += chain.Accepted * x.shape[0];
        });
        int[] dims = [data.Count, .. data.Shape.Dims];
        return new(NdArray.FromValues([.. originals], dims), NdArray.FromValues(Array.ConvertAll(mask, value => (double)value), dims),
            NdArray.FromValues([.. begun], dims), NdArray.FromValues([.. imputed], dims), accepted / data.Count);
    }

    /// <summary>The mean of each value over the first examples of a set, at most 10,000: a start that knows nothing of the example.</summary>
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
        VaeException.Require(data.Shape == model.Spec.Input, "data", $"must have the shape {model.Spec.Input} of the model's input", data.Shape);
        VaeException.Require(data.Count > 0, "data", "must have at least one example", "none");
        VaeException.Require(observed.Dims is [var count, .. var rest] && (count == 1 || count == data.Count) && rest.SequenceEqual(data.Shape.Dims), "mask",
            $"must be [1 or {data.Count}, {string.Join(", ", data.Shape.Dims)}]", $"[{string.Join(", ", observed.Dims)}]");
        VaeException.Require(observed.ToArray().All(value => value is 0 or 1), "mask", "must be 0 and 1 only", "other values");
        VaeException.Require(start is null || start.Length == data.ItemSize && start.All(float.IsFinite), "start", $"must be {data.ItemSize} finite values", $"{start?.Length} values");
        VaeException.Require(options.Rounds >= 1, "rounds", "must be at least 1", options.Rounds);
        if (options.Method == ImputationMethod.Metropolis)
            model.RequireDistribution("proposals to take or not");
        var shown = Conditions.Observed(model.Spec.Condition, data.Shape).ToArray();
        VaeException.Require(!observed.ToArray().Where((value, at) => value < shown[at % shown.Length]).Any(), "mask", "must leave what the model's condition shows of the image", "values of it missing");
    }
}
