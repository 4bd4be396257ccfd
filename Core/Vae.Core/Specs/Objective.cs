using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What training minimizes, in nats per example.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Elbo), "elbo")]
[JsonDerivedType(typeof(ImportanceWeighted), "importanceWeighted")]
[JsonDerivedType(typeof(Reconstruction), "reconstruction")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Objective
{
    private protected Objective() { }

    /// <summary>Reconstruction + β · KL(q(z|x) ‖ p(z)).</summary>
    /// <param name="Beta">The weight of the divergence; ≥ 0. 1 is the bound of Kingma &amp; Welling 2014, others the β-VAE of Higgins et al. 2017.</param>
    public sealed record Elbo(Schedule Beta) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public Elbo With(Schedule? beta = null) => new(beta ?? Beta);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Elbo(this);
    }

    /// <summary>−ln (1/k) Σ p(x, zᵢ) / q(zᵢ|x); Burda et al. 2016, eq. 8.</summary>
    /// <param name="Samples">k, draws from the posterior for each example; ≥ 1.</param>
    public sealed record ImportanceWeighted(int Samples) : Objective
    {
        /// <summary>The same with other parts.</summary>
        public ImportanceWeighted With(int? samples = null) => new(samples ?? Samples);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.ImportanceWeighted(this);
    }

    /// <summary>−ln p(x|z) alone: what an autoencoder is trained by. With a posterior that is a distribution it is the bound at β = 0.</summary>
    public sealed record Reconstruction : Objective
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Reconstruction(this);
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
        Func<Elbo, TResult> elbo, Func<ImportanceWeighted, TResult> importanceWeighted, Func<Reconstruction, TResult> reconstruction, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(elbo, importanceWeighted, reconstruction, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Elbo, TResult> Elbo, Func<ImportanceWeighted, TResult> ImportanceWeighted, Func<Reconstruction, TResult> Reconstruction, Func<Custom, TResult> Custom);
}
