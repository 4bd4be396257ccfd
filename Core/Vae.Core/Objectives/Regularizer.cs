using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What is added to −ln p(x|z) + β·KL(q(z|x) ‖ p(z)), mostly of the codes of a whole batch.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Decomposition), "decomposition")]
[JsonDerivedType(typeof(Factor), "factor")]
[JsonDerivedType(typeof(Dip), "dip")]
[JsonDerivedType(typeof(Mmd), "mmd")]
[JsonDerivedType(typeof(Adversarial), "adversarial")]
[JsonDerivedType(typeof(Code), "code")]
public abstract record Regularizer
{
    private protected Regularizer() { }

    /// <summary>The parts of the mean KL, each weighted beside the KL itself: β-TC-VAE; Chen et al. 2018, eq. 4.</summary>
    /// <param name="MutualInformation">The weight of I(x; z) beyond 1; ≥ −1.</param>
    /// <param name="TotalCorrelation">Of KL(q(z) ‖ Π q(zᵢ)) beyond 1; ≥ −1: 5 for the β = 6 of the paper.</param>
    /// <param name="DimensionWise">Of Σ KL(q(zᵢ) ‖ p(zᵢ)) beyond 1; ≥ −1.</param>
    /// <param name="Stratified">How q(z) is estimated from a batch: by stratified sampling, or else by weights, which is biased downwards; Chen et al. 2018, appendix C.</param>
    public sealed record Decomposition(double MutualInformation, double TotalCorrelation, double DimensionWise, bool Stratified) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Decomposition With(double? mutualInformation = null, double? totalCorrelation = null, double? dimensionWise = null, bool? stratified = null) => new(mutualInformation ?? MutualInformation, totalCorrelation ?? TotalCorrelation, dimensionWise ?? DimensionWise, stratified ?? Stratified);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Decomposition(this);
    }

    /// <summary>Weight · KL(q(z) ‖ Π q(zᵢ)) as a critic sees it, which tells codes from codes whose latents are shuffled: FactorVAE; Kim &amp; Mnih 2018, eq. 2.</summary>
    /// <param name="Weight">γ; ≥ 0.</param>
    /// <param name="Critic">Codes → one logit.</param>
    public sealed record Factor(double Weight, Critic Critic) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Factor With(double? weight = null, Critic? critic = null) => new(weight ?? Weight, critic ?? Critic);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Factor(this);
    }

    /// <summary>(Cov zᵢzⱼ)² off the diagonal and (Var zᵢ − 1)² on it, of the batch: DIP-VAE; Kumar et al. 2018, eqs. 6 and 7.</summary>
    /// <param name="OffDiagonal">≥ 0.</param>
    /// <param name="Diagonal">≥ 0.</param>
    /// <param name="OfDraws">Covariances of z (II), or of its posterior mean alone (I).</param>
    public sealed record Dip(double OffDiagonal, double Diagonal, bool OfDraws) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Dip With(double? offDiagonal = null, double? diagonal = null, bool? ofDraws = null) => new(offDiagonal ?? OffDiagonal, diagonal ?? Diagonal, ofDraws ?? OfDraws);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Dip(this);
    }

    /// <summary>Weight · MMD²(q(z), p(z)), without bias: InfoVAE, with β = 0 the WAE; Zhao et al. 2019, Tolstikhin et al. 2018.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Kernel">How near two codes are.</param>
    public sealed record Mmd(double Weight, Kernel Kernel) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Mmd With(double? weight = null, Kernel? kernel = null) => new(weight ?? Weight, kernel ?? Kernel);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Mmd(this);
    }

    /// <summary>Weight · −ln D(z), where a critic D tells draws of the prior from codes: adversarial autoencoder; Makhzani et al. 2016.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Critic">Codes → one logit.</param>
    public sealed record Adversarial(double Weight, Critic Critic) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Adversarial With(double? weight = null, Critic? critic = null) => new(weight ?? Weight, critic ?? Critic);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Adversarial(this);
    }

    /// <summary>Weight · ‖z‖² / 2 and a smooth decoder: regularized autoencoder; Ghosh et al. 2020.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Decoder">What keeps the decoder smooth.</param>
    public sealed record Code(double Weight, DecoderPenalty Decoder) : Regularizer
    {
        /// <summary>The same with other parts.</summary>
        public Code With(double? weight = null, DecoderPenalty? decoder = null) => new(weight ?? Weight, decoder ?? Decoder);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Code(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Decomposition, TResult> decomposition, Func<Factor, TResult> factor, Func<Dip, TResult> dip, Func<Mmd, TResult> mmd, Func<Adversarial, TResult> adversarial, Func<Code, TResult> code) =>
        Accept(new Cases<TResult>(decomposition, factor, dip, mmd, adversarial, code));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Decomposition, TResult> Decomposition, Func<Factor, TResult> Factor, Func<Dip, TResult> Dip, Func<Mmd, TResult> Mmd, Func<Adversarial, TResult> Adversarial, Func<Code, TResult> Code);
}
