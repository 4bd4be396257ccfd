using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What rows are drawn.</summary>
/// <param name="Count">Number of rows; ≥ 1.</param>
/// <param name="Seed">Seed of all draws.</param>
/// <param name="IsMean">Whether each row is the prediction for its code instead of a draw from p(x|z).</param>
internal sealed record RowRequest(int Count, ulong Seed, bool IsMean = false);

/// <summary>Draws examples x ~ p(x|z, c) for codes from the prior, or from a sampler that was fitted to a model.</summary>
internal static class RowDraws
{
    /// <summary>Draws examples. [count, C, ...], flat; a function of the seed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">How many, and what of them.</param>
    /// <param name="condition">Conditions, [count, W]; null for a model without one.</param>
    /// <param name="sampler">Draws the codes; null for the prior.</param>
    public static float[] Draw(VaeModel model, RowRequest request, Tensor? condition = null, FittedSampler? sampler = null)
    {
        VaeException.Require(request.Count >= 1, "count", "must be at least 1", request.Count);
        MemoryLimits.RequireDraws(model.Spec, request.Count);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var codes = sampler?.Codes(request.Count, request.Seed, condition) ?? PriorCodes(model, request.Count, request.Seed, condition);
        List<float> values = [];
        for (long start = 0; start < request.Count; start += BatchSource.EvaluatedAtOnce)
        {
            using var inner = NewDisposeScope();
            var some = Math.Min(BatchSource.EvaluatedAtOnce, request.Count - start);
            var (z, given) = (codes.narrow(0, start, some), condition?.narrow(0, start, some));
            values.AddRange(request.IsMean ? Predictions.Decode(model, z, given).ToFloats()
                : Of(model, z, given, KeyedRandom.FromSeed(request.Seed).Fold(start)));
        }
        return [.. values];
    }

    /// <summary>Codes from the prior. [count, D]; the same as those of <see cref="VaeModel.Sample"/>.</summary>
    public static Tensor PriorCodes(VaeModel model, int count, ulong seed, Tensor? condition)
    {
        model.RequireDistribution("draws from the prior");
        using var noise = new KeyedNoise(seed, model.Device);
        var eps = empty([count, model.Spec.Prior.Formulas().Noise(model.Spec.Latent)], model.Weights.Flat.dtype, model.Device);
        noise.Normal(eps, Purpose.Prior, 0);
        return Priors.Sample<TorchTensor>(model.Spec.Prior, eps, model.PriorState(count, new(condition)));
    }

    /// <summary>A draw from p(x|z, c) for each code. [B, D] → [B, C, ...], flat.</summary>
    public static float[] Of(VaeModel model, Tensor z, Tensor? condition, KeyedRandom random) =>
        OfOutputs(model, model.Decode(z, condition, training: false, step: 0), condition, random);

    /// <summary>A draw from p(x|z, c) for each row of the decoder's outputs. [B, …] → [B, C, ...], flat.</summary>
    public static float[] OfOutputs(VaeModel model, Tensor outputs, Tensor? condition, KeyedRandom random) => OfOutputs(
        model, outputs, condition, Likelihoods.Uniforms(model.Spec.Likelihood, model.Spec.Input, (int)outputs.shape[0], random));

    /// <summary>A draw for each row by given draws from the uniform distribution, [B, …].</summary>
    public static float[] OfOutputs(VaeModel model, Tensor outputs, Tensor? condition, NdArray uniforms)
    {
        var count = outputs.shape[0];
        var drawn = Array.ConvertAll(Drawn(model, Host(outputs), uniforms).ToArray(), value => (float)value);
        if (model.Counted is not { } counted)
            return drawn;
        long[] dims = [count, .. counted.shape[1..]];
        return drawn.ToTensor(model.Device, dims).mul(counted).add(condition!.reshape(dims), Scalars.One).ToFloats();
    }

    private static NdArray Drawn(VaeModel model, NdArray outputs, NdArray uniforms)
    {
        try
        {
            return Likelihoods.Draw(model.Spec.Likelihood, outputs, uniforms, new(name => Host(model.Weights[$"likelihood.{name}"])));
        }
        catch (NotSupportedException e)
        {
            throw new VaeException(e.Message, e);
        }
    }

    private static NdArray Host(Tensor tensor) => NdArray.FromValues(tensor.ToDoubles(), [.. tensor.shape.Select(dim => (int)dim)]);
}
