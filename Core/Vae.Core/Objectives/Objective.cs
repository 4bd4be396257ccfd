namespace Vae;

/// <summary>What training minimizes, in nats per example.</summary>
[Closed]
public abstract partial record Objective
{
    /// <summary>Reconstruction + β · KL(q(z|x) ‖ p(z)).</summary>
    /// <param name="Beta">The weight of the divergence; ≥ 0. 1 is the bound of Kingma &amp; Welling 2014, others the β-VAE of Higgins et al. 2017.</param>
    /// <param name="Capacity">What the divergence may have without cost.</param>
    /// <param name="Gradient">How the encoder is trained.</param>
    public sealed partial record Elbo(Schedule Beta, Capacity Capacity, EncoderGradient Gradient) : Objective;

    /// <summary>−ln (1/k) Σ p(x, zᵢ) / q(zᵢ|x) and bounds made of it; Burda et al. 2016, eq. 8.</summary>
    /// <param name="Samples">k, draws from the posterior for each example, and group where the bound has groups; ≥ 1.</param>
    /// <param name="Bound">What is made of the weights.</param>
    /// <param name="Gradient">How the encoder is trained.</param>
    public sealed partial record ImportanceWeighted(int Samples, ImportanceBound Bound, EncoderGradient Gradient) : Objective;

    /// <summary>−ln p(x|z) alone: what an autoencoder is trained by. With a posterior that is a distribution it is the bound at β = 0.</summary>
    public sealed partial record Reconstruction : Objective;

    /// <summary>−ln p(x|z) + β · KL(q(z|x) ‖ p(z)) + a regularizer.</summary>
    /// <param name="Beta">The weight of the divergence; ≥ 0; constantly 0 where there is none.</param>
    /// <param name="Regularizer">What is added.</param>
    public sealed partial record Regularized(Schedule Beta, Regularizer Regularizer) : Objective;

    /// <summary>KL and a squared error of a critic's features, under a critic that tells images from decoded ones; Larsen et al. 2016, algorithm 1.</summary>
    /// <param name="FeatureWeight">The weight of the features' error in what the decoder is trained by; ≥ 0.</param>
    /// <param name="FeatureLayers">How many of the critic's layers make the features; ≥ 1.</param>
    /// <param name="Critic">Examples → one logit.</param>
    public sealed partial record VaeGan(double FeatureWeight, int FeatureLayers, Critic Critic) : Objective;

    /// <summary>The bound of a model with a label as its condition, of which few examples have one: a classifier q(y|x) stands in for it; M2 of Kingma et al. 2014, eqs. 6 to 9.</summary>
    /// <param name="Labelled">How many training examples keep their label, chosen by the seed, evenly from the classes; ≥ 1.</param>
    /// <param name="ClassifierWeight">The weight of −ln q(y|x) of an example with a label; ≥ 0.</param>
    /// <param name="Classifier">x → a logit for each class.</param>
    public sealed partial record SemiSupervised(int Labelled, double ClassifierWeight, Network Classifier) : Objective;

    /// <summary>An objective of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed partial record Custom(IObjective Definition) : Objective;
}
