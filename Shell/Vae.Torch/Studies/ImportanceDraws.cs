using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Examples whose values may be missing.</summary>
/// <param name="X">Examples as the encoder takes them, [B, ...].</param>
/// <param name="Condition">Conditions, [B, W]; null if the model has none.</param>
/// <param name="Counted">1 for each value whose density counts, [B, C, ...]; null if all count.</param>
internal readonly record struct WeighedBatch(Tensor X, Tensor? Condition, Tensor? Counted);

/// <summary>The decoder's outputs for draws, with a weight for each.</summary>
/// <param name="Values">The decoder's outputs for S draws of each of B examples, [S·B, ...], draw by draw.</param>
/// <param name="Weights">[S, B]; they sum to 1 over the draws.</param>
internal sealed record WeightedOutputs(TorchTensor Values, Tensor Weights)
{
    /// <summary>The weighted mean over the draws of something of each. [S·B, ...] → [B, ...].</summary>
    public Tensor Average(Tensor ofEach)
    {
        var apart = ofEach.view([Weights.shape[0], Weights.shape[1], .. ofEach.shape[1..]]);
        return apart.mul(Weights.view([.. Weights.shape, .. Enumerable.Repeat(1L, ofEach.shape.Length - 1)])).sum([0L]);
    }

    /// <summary>The outputs of one draw for each example. [B] → [B, ...].</summary>
    public Tensor Pick(Tensor which)
    {
        var count = Weights.shape[1];
        long[] columns = [.. Enumerable.Range(0, (int)count).Select(i => (long)i)];
        var rows = which.mul(Scalars.Get(count)).add(tensor(columns, device: which.device), Scalars.One).to(ScalarType.Int64);
        return Values.Tensor.index_select(0, rows);
    }
}

/// <summary>
/// Draws from q(z|x) with self-normalized importance weights, which stand for draws from p(z|x) whatever q is like. An autoencoder has
/// its code with the weight 1.
/// </summary>
/// <param name="Outputs">The decoder's outputs for S draws of each example, with their weights.</param>
/// <param name="PerValue">−ln p(x|z) of each value, 0 where it does not count, [S·B, C, ...]; nats.</param>
/// <param name="Bound">The importance-weighted bound on −ln p(x), [B]; for an autoencoder −ln p(x|z); nats.</param>
internal sealed record ImportanceDraws(WeightedOutputs Outputs, Tensor PerValue, Tensor Bound)
{
    // Examples × draws decoded at once.
    private const int Rows = 2000;

    /// <summary>How many examples to pass at once.</summary>
    public static int Examples(int samples) => Math.Max(1, Rows / samples);

    /// <summary>Draws for a batch; a function of the noise and its key.</summary>
    public static ImportanceDraws Draw(VaeModel model, WeighedBatch batch, int samples, KeyedNoise noise, long key) =>
        Draw(model, batch, PosteriorNoise.Of(model, (int)batch.X.shape[0], samples, noise, key));

    /// <summary>Draws for a batch of given noise, [S, B, N].</summary>
    public static ImportanceDraws Draw(VaeModel model, WeighedBatch batch, Tensor noise)
    {
        var (spec, count, memory) = (model.Spec, batch.X.shape[0], new StepMemory());
        var hasDensity = Posteriors.HasDensity(spec.Posterior);
        var (samples, eps) = ((int)noise.shape[0], noise.flatten(0, 1));
        var encoded = TensorExtensions.Repeat(model.Encode(batch.X, batch.Condition, training: false, step: 0), samples);
        var draw = Posteriors.Draw<TorchTensor>(spec.Posterior, encoded, eps, model.PosteriorState(new(batch.Condition, Memory: memory)));
        var condition = batch.Condition is null ? null : TensorExtensions.Repeat(batch.Condition, samples);
        var outputs = model.Decode(draw.Z, condition, training: false, step: 0, memory: memory);
        var perValue = TermsPerValue(model, batch, outputs, samples);
        var logWeights = perValue.to(ScalarType.Float64).flatten(1).sum([1L]).neg();
        if (hasDensity)
        {
            var prior = model.PriorState(count, new(batch.Condition, Memory: memory), samples);
            logWeights = logWeights.sub(Divergences.MonteCarloKl(spec.Prior, draw, prior).Tensor.to(ScalarType.Float64));
        }
        var weights = logWeights.view(samples, count);
        return new(new(outputs, weights.softmax(0).to(batch.X.dtype)), perValue,
            weights.logsumexp(0).sub(Scalars.Get(Math.Log(samples))).neg());
    }

    private static Tensor TermsPerValue(VaeModel model, WeighedBatch batch, Tensor outputs, int samples)
    {
        Tensor perValue = Likelihoods.NegLogDensityPerValue<TorchTensor>(
            model.Spec.Likelihood, outputs, TensorExtensions.Repeat(batch.X, samples), model.State("likelihood"));
        if (model.Counted is { } shown)
            perValue = perValue.mul(shown);
        // Not a product: a value that is unknown may have no density.
        return batch.Counted is null ? perValue : where(
            TensorExtensions.Repeat(batch.Counted, samples).gt(Scalars.Get(0.5)), perValue, zeros_like(perValue));
    }
}
