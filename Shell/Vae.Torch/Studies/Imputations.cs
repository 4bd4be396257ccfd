using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How z is drawn in each round of imputation.</summary>
internal enum ImputationMethod
{
    /// <summary>Each round draws from q(z|x); exact if q is the true posterior; Rezende et al. 2014.</summary>
    PseudoGibbs,
    /// <summary>
    /// In the second half of the rounds a draw from q(z|x) is a Metropolis–Hastings proposal, so that the chain samples the model's
    /// p(missing|observed) for any q; Mattei &amp; Frellsen 2018.
    /// </summary>
    Metropolis,
    /// <summary>
    /// Draws from q(z|x) for the observed values, weighted by their importance: the estimator of a masked likelihood, which lets the
    /// encoder see what is missing; Mattei &amp; Frellsen 2019.
    /// </summary>
    Importance,
}

/// <summary>How missing values are imputed.</summary>
/// <param name="Rounds">Rounds of encoding and decoding; ≥ 1. Imputed values are means over the second half.</param>
/// <param name="Method">
/// How z is drawn; an autoencoder does not draw, but reconstructs repeatedly. Null for importance weights with a masked likelihood, else
/// pseudo-Gibbs.
/// </param>
/// <param name="Samples">Draws of z for each example with importance weights; ≥ 1.</param>
/// <param name="Draws">
/// Number of imputations that are drawn beside the estimate; ≥ 0. Each is a draw from p(missing|observed), as multiple imputation needs;
/// Rubin 1987. They are drawn by importance.
/// </param>
internal sealed record ImputationOptions(int Rounds = 100, ImputationMethod? Method = null, int Samples = 500, int Draws = 0);

/// <summary>Examples with missing values, and their imputations.</summary>
/// <param name="Originals">Examples as the model receives them, without their mask, [N, ...].</param>
/// <param name="Observed">[N, ...]; 1 for an observed value, 0 for a missing one.</param>
/// <param name="Start">Observed values, with the start values in place of missing ones, [N, ...].</param>
/// <param name="Imputed">Observed values, with imputed values in place of missing ones, [N, ...].</param>
/// <param name="Accepted">Fraction of Metropolis proposals that were accepted; 1 without proposals.</param>
internal sealed record Imputation(NdArray Originals, NdArray Observed, NdArray Start, NdArray Imputed, double Accepted)
{
    /// <summary>[N, ...]; 1 for a value that the data has, whether it was hidden or not; null if it has all.</summary>
    public NdArray? Known { get; init; }

    /// <summary>
    /// Observed values, with draws from p(missing|observed) in place of missing ones, for each draw that was asked for, [N, ...]; empty for
    /// none.
    /// </summary>
    public ValueList<NdArray> Draws { get; init; } = [];

    /// <summary>Root mean squared error of the imputed values, of those that the data has; 0 if there are none.</summary>
    public double Error => Masks.MissingError(Originals, Imputed, Counted);

    /// <summary>Root mean squared error of the start values, the baseline of an imputation.</summary>
    public double StartError => Masks.MissingError(Originals, Start, Counted);

    // What the data does not have is no error.
    private NdArray Counted => Known is { } known ? Observed + (1.0 - known) : Observed;

    /// <summary>Fraction of values that are missing; in [0, 1].</summary>
    public double Missing => 1 - Observed.ToArray().Average();
}

/// <summary>Imputes missing values of examples from the observed ones.</summary>
internal static class Imputations
{
    /// <summary>
    /// Imputes masked values of complete examples, so that the error of the imputation is known. Examples without missing values are left
    /// as they are and take no time.
    /// </summary>
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
        ImputationRules.Check(model, data, observed, start, options);
        var values = Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input);
        var once = Array.ConvertAll(observed.ToArray(), value => (float)value);
        var mask = Enumerable.Repeat(once, data.Count / observed.Dims[0]).SelectMany(row => row).ToArray();
        var first = start ?? [.. Enumerable.Repeat(0.5f, (int)values.Size)];
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches();
        var sums = new ImputationSums(model, options, noise, stop);
        source.Each((x, condition, place) =>
        {
            using var scope = NewDisposeScope();
            long[] dims = [x.shape[0], .. values.Dims.Select(dim => (long)dim)];
            var size = (int)values.Size;
            var shown = mask[(sums.Count * size)..((sums.Count + (int)dims[0]) * size)].ToTensor(model.Device, dims).to(x.dtype);
            var begin = first.ToTensor(model.Device, [1, .. dims[1..]]).to(x.dtype).expand(dims);
            sums.Add(new(x, condition, shown, place), begin);
        });
        return sums.Collect(data.Count, values);
    }

    /// <summary>The mean of each value over the first examples, at most 10,000: a start value that is the same for all.</summary>
    /// <param name="data">At least one example.</param>
    /// <returns>The values of one example; with a mask, means over the observed values, without their mask.</returns>
    /// <exception cref="VaeException">The data are empty.</exception>
    public static float[] MeanOf(Dataset data)
    {
        if (data.IsMasked)
            return ObservedMean(data);
        var values = new float[Math.Min(data.Count, 10_000) * data.ItemSize];
        VaeException.Require(values.Length > 0, "data", "must have at least one example to have a mean", "none");
        data.Pixels.CopyTo(0, values);
        var mean = new double[data.ItemSize];
        for (var at = 0; at < values.Length; at++)
            mean[at % mean.Length] += (double)values[at] * mean.Length / values.Length;
        return Array.ConvertAll(mean, value => (float)value);
    }

    private static float[] ObservedMean(Dataset data)
    {
        var (row, half) = (new float[data.ItemSize], data.ItemSize / 2);
        double[] sums = new double[half], counts = new double[half];
        for (var i = 0; i < Math.Min(data.Count, 10_000); i++)
        {
            data.Pixels.CopyTo((long)i * row.Length, row);
            for (var j = 0; j < half; j++)
                (sums[j], counts[j]) = (sums[j] + row[j] * row[half + j], counts[j] + row[half + j]);
        }
        return [.. sums.Zip(counts, (sum, count) => (float)(sum / Math.Max(1, count)))];
    }
}
