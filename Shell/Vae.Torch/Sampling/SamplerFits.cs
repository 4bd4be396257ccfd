using TorchSharp;

namespace Vae.Torch;

/// <summary>Fits samplers to trained models.</summary>
public static class SamplerFits
{
    /// <summary>
    /// A sampler fitted to the codes that a model has for examples, its training data: draws from q(z|x, c), of an autoencoder the
    /// codes themselves. A function of the seed.
    /// </summary>
    /// <param name="model">Trained; it is kept, and not changed.</param>
    /// <param name="sampler">What to fit.</param>
    /// <param name="data">Examples as the model takes them.</param>
    /// <param name="binarization">As in training; none by default.</param>
    /// <param name="seed">Of the codes and of all that fitting draws.</param>
    /// <param name="stop">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="VaeException">Every problem of the sampler for this model and so many codes; or a fit that diverged.</exception>
    public static FittedSampler Fit(
        this VaeModel model, Sampler sampler, Dataset data, Binarization? binarization = null, ulong seed = 0, CancellationToken stop = default)
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

    /// <summary>The model's own prior as a sampler, which needs no data; <see cref="VaeException"/> where the posterior is a point.</summary>
    public static FittedSampler OfPrior(VaeModel model)
    {
        VaeException.ThrowIfAny(Samplers.Problems(Samplers.Prior, model.Spec));
        return new(Samplers.Prior, model, new ModelPriorDraws(model));
    }

    private static int SmallestClassCount(Dataset data, Condition condition) => condition is Condition.Label label
        ? Enumerable.Range(0, label.Classes).Min(c => data.Labels.Span.Count(c)) : data.Count;
}
