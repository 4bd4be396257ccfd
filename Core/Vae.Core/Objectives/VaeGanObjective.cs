namespace Vae;

/// <summary>What <see cref="Objective.VaeGan"/> means: the encoder has the divergence and the features' error, the decoder that error and the critic to deceive.</summary>
internal sealed record VaeGanObjective(Objective.VaeGan Of) : IObjective
{
    public string Name => "vae-gan";

    public bool TrainsPrior => false;

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.featureWeight", Of.FeatureWeight, 0),
        .. Rules.AtLeast($"{path}.featureLayers", Of.FeatureLayers, 1),
        .. Rules.If(Of.FeatureLayers > Of.Critic.Network.Layers.Count, $"{path}.featureLayers",
            $"must be at most the critic's {Of.Critic.Network.Layers.Count} layers", Of.FeatureLayers)];

    public ValueList<Problem> Problems(VaeSpec model, string path) => [
        .. Rules.If(model.Latent == 0, path, "vae-gan needs a model with a latent", "none"),
        .. Rules.If(Conditions.ShowsInput(model.Condition), path, "vae-gan needs a condition that shows nothing of x", "quadrants")];

    public ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => [new(
        "critic", "critic.network", Of.Critic.Network, model.Input, 1, Of.Critic.Optimizer, Of.Critic.LearningRate, InTurn: true, IsKept: false)];

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Of.FeatureWeight * FeatureError(terms)
        + Adversaries.Deceive(terms.Batch.Auxiliary(terms.Batch.Decoded)) + Adversaries.Deceive(terms.Batch.Auxiliary(terms.Batch.DecodedPriorDraws));

    public T? EncoderLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => FeatureError(terms) + terms.Kl;

    public T? AuxiliaryLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
    {
        var batch = terms.Batch;
        return Adversaries.Distinguish(batch.Auxiliary(batch.Examples), batch.Auxiliary(T.StopGradient(batch.Decoded)))
            + T.SumEvent(Stable.Softplus(batch.Auxiliary(T.StopGradient(batch.DecodedPriorDraws))));
    }

    // −ln N(features of x; features of its reconstruction, I), but for a constant.
    private T FeatureError<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => 0.5 * T.SumEvent(T.Square(
        terms.Batch.AuxiliaryFeatures(terms.Batch.Examples, Of.FeatureLayers) - terms.Batch.AuxiliaryFeatures(terms.Batch.Decoded, Of.FeatureLayers)));
}
