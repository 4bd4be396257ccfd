namespace Vae;

/// <summary>What is added to −ln p(x|z) + β·KL(q(z|x) ‖ p(z)), mostly of the codes of a whole batch.</summary>
[Closed]
public abstract partial record Regularizer
{
    /// <summary>The parts of the mean KL, each weighted beside the KL itself: β-TC-VAE; Chen et al. 2018, eq. 4.</summary>
    /// <param name="MutualInformation">The weight of I(x; z) beyond 1; ≥ −1.</param>
    /// <param name="TotalCorrelation">Of KL(q(z) ‖ Π q(zᵢ)) beyond 1; ≥ −1: 5 for the β = 6 of the paper.</param>
    /// <param name="DimensionWise">Of Σ KL(q(zᵢ) ‖ p(zᵢ)) beyond 1; ≥ −1.</param>
    /// <param name="Stratified">How q(z) is estimated from a batch: by stratified sampling, or else by weights, which is biased downwards; Chen et al. 2018, appendix C.</param>
    public sealed partial record Decomposition(double MutualInformation, double TotalCorrelation, double DimensionWise, bool Stratified) : Regularizer;

    /// <summary>Weight · KL(q(z) ‖ Π q(zᵢ)) as a critic sees it, which tells codes from codes whose latents are shuffled: FactorVAE; Kim &amp; Mnih 2018, eq. 2.</summary>
    /// <param name="Weight">γ; ≥ 0.</param>
    /// <param name="Critic">Codes → one logit.</param>
    public sealed partial record Factor(double Weight, Critic Critic) : Regularizer;

    /// <summary>(Cov zᵢzⱼ)² off the diagonal and (Var zᵢ − 1)² on it, of the batch: DIP-VAE; Kumar et al. 2018, eqs. 6 and 7.</summary>
    /// <param name="OffDiagonal">≥ 0.</param>
    /// <param name="Diagonal">≥ 0.</param>
    /// <param name="OfDraws">Covariances of z (II), or of its posterior mean alone (I).</param>
    public sealed partial record Dip(double OffDiagonal, double Diagonal, bool OfDraws) : Regularizer;

    /// <summary>Weight · MMD²(q(z), p(z)), without bias: InfoVAE, with β = 0 the WAE; Zhao et al. 2019, Tolstikhin et al. 2018.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Kernel">How near two codes are.</param>
    public sealed partial record Mmd(double Weight, Kernel Kernel) : Regularizer;

    /// <summary>Weight · −ln D(z), where a critic D tells draws of the prior from codes: adversarial autoencoder; Makhzani et al. 2016.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Critic">Codes → one logit.</param>
    public sealed partial record Adversarial(double Weight, Critic Critic) : Regularizer;

    /// <summary>Weight · ‖z‖² / 2 and a smooth decoder: regularized autoencoder; Ghosh et al. 2020.</summary>
    /// <param name="Weight">≥ 0.</param>
    /// <param name="Decoder">What keeps the decoder smooth.</param>
    public sealed partial record Code(double Weight, DecoderPenalty Decoder) : Regularizer;
}
