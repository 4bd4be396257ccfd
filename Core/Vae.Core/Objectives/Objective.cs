using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What training minimizes, in nats per example.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Elbo), "elbo")]
[JsonDerivedType(typeof(ImportanceWeighted), "importanceWeighted")]
[JsonDerivedType(typeof(Reconstruction), "reconstruction")]
[JsonDerivedType(typeof(Regularized), "regularized")]
[JsonDerivedType(typeof(VaeGan), "vaeGan")]
[JsonDerivedType(typeof(SemiSupervised), "semiSupervised")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Objective
{
    private protected Objective() { }

    /// <summary>Reconstruction + β · KL(q(z|x) ‖ p(z)).</summary>
    /// <param name="Beta">The weight of the divergence; ≥ 0. 1 is the bound of Kingma &amp; Welling 2014, others the β-VAE of Higgins et al. 2017.</param>
    /// <param name="Capacity">What the divergence may have without cost.</param>
    /// <param name="Gradient">How the encoder is trained.</param>
    public sealed record Elbo(Schedule Beta, Capacity Capacity, EncoderGradient Gradient) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public Elbo With(Schedule? beta = null, Capacity? capacity = null, EncoderGradient? gradient = null) => new(beta ?? Beta, capacity ?? Capacity, gradient ?? Gradient);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Elbo(this);
    }

    /// <summary>−ln (1/k) Σ p(x, zᵢ) / q(zᵢ|x) and bounds made of it; Burda et al. 2016, eq. 8.</summary>
    /// <param name="Samples">k, draws from the posterior for each example, and group where the bound has groups; ≥ 1.</param>
    /// <param name="Bound">What is made of the weights.</param>
    /// <param name="Gradient">How the encoder is trained.</param>
    public sealed record ImportanceWeighted(int Samples, ImportanceBound Bound, EncoderGradient Gradient) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public ImportanceWeighted With(int? samples = null, ImportanceBound? bound = null, EncoderGradient? gradient = null) => new(samples ?? Samples, bound ?? Bound, gradient ?? Gradient);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.ImportanceWeighted(this);
    }

    /// <summary>−ln p(x|z) alone: what an autoencoder is trained by. With a posterior that is a distribution it is the bound at β = 0.</summary>
    public sealed record Reconstruction : Objective
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Reconstruction(this);
    }

    /// <summary>−ln p(x|z) + β · KL(q(z|x) ‖ p(z)) + a regularizer.</summary>
    /// <param name="Beta">The weight of the divergence; ≥ 0; constantly 0 where there is none.</param>
    /// <param name="Regularizer">What is added.</param>
    public sealed record Regularized(Schedule Beta, Regularizer Regularizer) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public Regularized With(Schedule? beta = null, Regularizer? regularizer = null) => new(beta ?? Beta, regularizer ?? Regularizer);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Regularized(this);
    }

    /// <summary>KL and a squared error of a critic's features, under a critic that tells images from decoded ones; Larsen et al. 2016, algorithm 1.</summary>
    /// <param name="FeatureWeight">The weight of the features' error in what the decoder is trained by; ≥ 0.</param>
    /// <param name="FeatureLayers">How many of the critic's layers make the features; ≥ 1.</param>
    /// <param name="Critic">Examples → one logit.</param>
    public sealed record VaeGan(double FeatureWeight, int FeatureLayers, Critic Critic) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public VaeGan With(double? featureWeight = null, int? featureLayers = null, Critic? critic = null) => new(featureWeight ?? FeatureWeight, featureLayers ?? FeatureLayers, critic ?? Critic);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.VaeGan(this);
    }

    /// <summary>The bound of a model with a label as its condition, of which few examples have one: a classifier q(y|x) stands in for it; M2 of Kingma et al. 2014, eqs. 6 to 9.</summary>
    /// <param name="Labelled">How many training examples keep their label, chosen by the seed, evenly from the classes; ≥ 1.</param>
    /// <param name="ClassifierWeight">The weight of −ln q(y|x) of an example with a label; ≥ 0.</param>
    /// <param name="Classifier">x → a logit for each class.</param>
    public sealed record SemiSupervised(int Labelled, double ClassifierWeight, Network Classifier) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public SemiSupervised With(int? labelled = null, double? classifierWeight = null, Network? classifier = null) => new(labelled ?? Labelled, classifierWeight ?? ClassifierWeight, classifier ?? Classifier);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.SemiSupervised(this);
    }

    /// <summary>An objective of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(IObjective Definition) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(IObjective? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Elbo, TResult> elbo, Func<ImportanceWeighted, TResult> importanceWeighted, Func<Reconstruction, TResult> reconstruction, Func<Regularized, TResult> regularized, Func<VaeGan, TResult> vaeGan, Func<SemiSupervised, TResult> semiSupervised, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(elbo, importanceWeighted, reconstruction, regularized, vaeGan, semiSupervised, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Elbo, TResult> Elbo, Func<ImportanceWeighted, TResult> ImportanceWeighted, Func<Reconstruction, TResult> Reconstruction, Func<Regularized, TResult> Regularized, Func<VaeGan, TResult> VaeGan, Func<SemiSupervised, TResult> SemiSupervised, Func<Custom, TResult> Custom);
}
