using System.Text.Json.Serialization;

namespace Vae;

/// <summary>A distribution of codes that is fitted to those of a trained model, and drawn from in place of its prior; the evaluation of Ghosh et al. 2020, section 5.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Prior), "prior")]
[JsonDerivedType(typeof(Mixture), "mixture")]
[JsonDerivedType(typeof(TwoStage), "twoStage")]
[JsonDerivedType(typeof(Transformed), "transformed")]
[JsonDerivedType(typeof(Vamp), "vamp")]
public abstract record Sampler
{
    private protected Sampler() { }

    /// <summary>The model's own prior, to which nothing is fitted.</summary>
    public sealed record Prior : Sampler
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Prior(this);
    }

    /// <summary>Σ πₖ N(μₖ, Σₖ) with full covariances, by expectation–maximization; of a model that is told a label one for each class.</summary>
    /// <param name="Components">K; ≥ 1, and few enough for D + 1 codes each.</param>
    public sealed record Mixture(int Components) : Sampler
    {
        /// <summary>The same with other parts.</summary>
        public Mixture With(int? components = null) => new(components ?? Components);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Mixture(this);
    }

    /// <summary>A second autoencoder of codes, N(0, I) to D latents as the first has, a normal likelihood with one learned σ; told a label where the model is; Dai &amp; Wipf 2019, section 4.</summary>
    /// <param name="Encoder">D numbers → its posterior.</param>
    /// <param name="Decoder">D latents → D numbers.</param>
    /// <param name="Training">How it is trained.</param>
    public sealed record TwoStage(Network Encoder, Network Decoder, CodeTraining Training) : Sampler
    {
        /// <summary>The same with other parts.</summary>
        public TwoStage With(Network? encoder = null, Network? decoder = null, CodeTraining? training = null) =>
            new(encoder ?? Encoder, decoder ?? Decoder, training ?? Training);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.TwoStage(this);
    }

    /// <summary>N(0, I) through flows, by the likelihood of codes; of models without a condition; Papamakarios et al. 2017, Dinh et al. 2017.</summary>
    /// <param name="Steps">At least one; those whose density takes one pass.</param>
    /// <param name="Training">How they are trained.</param>
    public sealed record Transformed(ValueList<Flow> Steps, CodeTraining Training) : Sampler
    {
        /// <summary>The same with other parts.</summary>
        public Transformed With(ValueList<Flow>? steps = null, CodeTraining? training = null) => new(steps ?? Steps, training ?? Training);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Transformed(this);
    }

    /// <summary>The mean of the posteriors q(z|x) of examples of the training data, as they are: what a VampPrior is to a model that was trained with any prior; Tomczak &amp; Welling 2018, eq. 10.</summary>
    /// <param name="Components">Examples, of a model that is told a label so many of each class; ≥ 1.</param>
    public sealed record Vamp(int Components) : Sampler
    {
        /// <summary>The same with other parts.</summary>
        public Vamp With(int? components = null) => new(components ?? Components);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Vamp(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Prior, TResult> prior, Func<Mixture, TResult> mixture, Func<TwoStage, TResult> twoStage,
        Func<Transformed, TResult> transformed, Func<Vamp, TResult> vamp) =>
        Accept(new Cases<TResult>(prior, mixture, twoStage, transformed, vamp));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Prior, TResult> Prior, Func<Mixture, TResult> Mixture, Func<TwoStage, TResult> TwoStage,
        Func<Transformed, TResult> Transformed, Func<Vamp, TResult> Vamp);
}
