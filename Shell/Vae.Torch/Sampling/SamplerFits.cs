using TorchSharp;

namespace Vae.Torch;

/// <summary>Fits samplers to trained models.</summary>
public static class SamplerFits
{
    /// <summary>
    /// Fits a sampler to the codes of a model's training data: draws from q(z|x, c), or the codes themselves for an autoencoder.
    /// The result is a function of the seed.
    /// </summary>
    /// <param name="model">A trained model; the sampler holds it and does not change it.</param>
    /// <param name="sampler">The sampler to fit.</param>
    /// <param name="data">The examples to encode, with the shape of the model's input.</param>
    /// <param name="binarization">The binarization used in training; none by default.</param>
    /// <param name="seed">Seed of the codes and of the fit.</param>
    /// <param name="stop">Ends the fit with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The fitted sampler; the caller disposes it.</returns>
    /// <exception cref="VaeException">The sampler does not fit the model or the number of examples, or its training diverged.</exception>
    public static FittedSampler Fit(
        this VaeModel model, Sampler sampler, Dataset data, Binarization? binarization = null, ulong seed = 0,
        CancellationToken stop = default)
    {
        VaeException.ThrowIfAny(Samplers.Problems(sampler, model.Spec));
        var input = new EvaluationInput(model, data, binarization ?? Binarizations.None, seed);
        input.RequireShape();
        ConditionRows.Check(data, model.Spec.Condition);
        VaeException.ThrowIfAny(Samplers.Problems(sampler, model.Spec, SmallestClassCount(data, model.Spec.Condition)));
        var source = new CodeSource(input, stop);
        return new(sampler, model, sampler.Match<ICodeDraws>(
            prior: _ => new ModelPriorDraws(model),
            mixture: m => MixtureDraws.Fit(m, source),
            twoStage: t => TwoStageDraws.Fit(t, source),
            transformed: t => FlowDraws.Fit(t, source),
            vamp: v => VampDraws.Fit(v, source)));
    }

    /// <summary>The model's own prior as a sampler; it needs no data.</summary>
    /// <param name="model">A trained model whose posterior is a distribution; the sampler holds it.</param>
    /// <returns>The sampler; the caller disposes it.</returns>
    /// <exception cref="VaeException">The posterior is a point.</exception>
    public static FittedSampler OfPrior(VaeModel model)
    {
        VaeException.ThrowIfAny(Samplers.Problems(Samplers.Prior, model.Spec));
        return new(Samplers.Prior, model, new ModelPriorDraws(model));
    }

    private static int SmallestClassCount(Dataset data, Condition condition) => condition is Condition.Label label
        ? Enumerable.Range(0, label.Classes).Min(c => data.Labels.Span.Count(c)) : data.Count;
}
