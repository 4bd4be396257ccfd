namespace Vae;

public abstract partial record Objective
{
    /// <summary>
    /// The KL and the squared error in the features of a discriminator of images, while the decoder learns to deceive that
    /// discriminator; Larsen et al. 2016, algorithm 1.
    /// </summary>
    /// <param name="FeatureWeight">The weight of the feature error in the decoder's loss; ≥ 0.</param>
    /// <param name="FeatureLayers">Number of the discriminator's layers that compute the features; ≥ 1.</param>
    /// <param name="Discriminator">The discriminator: examples → one logit.</param>
    public sealed partial record VaeGan(double FeatureWeight, int FeatureLayers, Discriminator Discriminator) : Objective, IObjectiveCase
    {
        string IPart<IObjective>.Name => "vae-gan";

        bool IObjective.TrainsPrior => false;

        // The discriminator learns in turn, from whole batches.
        bool IObjective.CouplesExamples => true;

        ValueList<Problem> IObjective.Problems(string path) => [
            .. Discriminator.Problems($"{path}.discriminator"),
            .. Rules.AtLeast($"{path}.featureWeight", FeatureWeight, 0),
            .. Rules.AtLeast($"{path}.featureLayers", FeatureLayers, 1),
            .. Rules.If(FeatureLayers > Discriminator.Network.Layers.Count, $"{path}.featureLayers",
                $"must be at most the discriminator's {Discriminator.Network.Layers.Count} layers", FeatureLayers)];

        ValueList<Problem> IObjective.Problems(VaeSpec model, string path) => [
            .. Rules.If(model.Latent == 0, path, "vae-gan needs a model with a latent", "none"),
            .. Rules.If(Conditions.ShowsInput(model.Condition), path, "vae-gan needs a condition that shows no part of x", "quadrants")];

        ValueList<Auxiliary> IObjective.Auxiliaries(VaeSpec model, TrainSpec train) => [new(
            "critic", "discriminator.network", Discriminator.Network, model.Input, 1, Discriminator.Optimizer, Discriminator.LearningRate,
            InTurn: true, IsKept: false)];

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) => FeatureWeight * FeatureError(terms)
            + Adversaries.Deceive(terms.Batch.Auxiliary(terms.Batch.Decoded))
            + Adversaries.Deceive(terms.Batch.Auxiliary(terms.Batch.DecodedPriorDraws));

        T? IObjective.EncoderLoss<T>(ObjectiveTerms<T> terms) => FeatureError(terms) + terms.Kl;

        T? IObjective.AuxiliaryLoss<T>(ObjectiveTerms<T> terms)
        {
            var batch = terms.Batch;
            return Adversaries.Distinguish(batch.Auxiliary(batch.Examples), batch.Auxiliary(T.StopGradient(batch.Decoded)))
                + T.SumEvent(Stable.Softplus(batch.Auxiliary(T.StopGradient(batch.DecodedPriorDraws))));
        }

        // −ln N(features of x; features of its reconstruction, I) up to a constant.
        private T FeatureError<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => 0.5 * T.SumEvent(T.Square(
            terms.Batch.AuxiliaryFeatures(terms.Batch.Examples, FeatureLayers)
            - terms.Batch.AuxiliaryFeatures(terms.Batch.Decoded, FeatureLayers)));
    }
}

public static partial class Objectives
{
    /// <summary>VAE-GAN: reconstruction in the features of a discriminator; Larsen et al. 2016.</summary>
    /// <param name="featureWeight">The weight of the feature error in the decoder's loss; ≥ 0.</param>
    /// <param name="discriminator">Examples → one logit; dense layers if not given.</param>
    /// <param name="featureLayers">
    /// Number of the discriminator's layers that compute the features; all before its head if not given.
    /// </param>
    public static Objective VaeGan(double featureWeight, Discriminator? discriminator = null, int? featureLayers = null)
    {
        var chosen = discriminator ?? Discriminators.Dense();
        return new Objective.VaeGan(featureWeight, featureLayers ?? chosen.Network.Layers.Count, chosen);
    }
}
