namespace Vae;

/// <summary>The family of q(z|x).</summary>
[Closed]
public abstract partial record Posterior
{
    /// <summary>N(μ, diag σ²); the encoder gives μ and ln σ², in this order; Kingma &amp; Welling 2014.</summary>
    public sealed partial record DiagonalNormal : Posterior;

    /// <summary>No distribution: the encoder gives z itself, and no noise is used. With the objective of reconstruction a plain autoencoder.</summary>
    public sealed partial record Point : Posterior;

    /// <summary>N(μ, L Lᵀ) with L = diag σ (I + N), N strictly lower triangular; the encoder gives μ, ln σ² and the rows of N; Kingma &amp; Welling 2019, section 2.5.1.</summary>
    public sealed partial record FullNormal : Posterior;

    /// <summary>On the unit sphere, falling off around a direction μ by e^(κ μᵀz); the encoder gives a vector along μ, and κ before softplus; Davidson et al. 2018.</summary>
    public sealed partial record VonMisesFisher : Posterior;

    /// <summary>Blocks of one-hot z, each by the softmax of what the encoder gives. Trained as the Gumbel-softmax, which is near one-hot where the temperature is low; exactly one-hot when evaluated; Jang et al. 2017, Maddison et al. 2017.</summary>
    /// <param name="Classes">The length of a block, of which z's is a multiple; ≥ 2.</param>
    /// <param name="Temperature">Of the softmax, by epoch; &gt; 0.</param>
    public sealed partial record Categorical(int Classes, Schedule Temperature) : Posterior;

    /// <summary>z is a row of positions, each the vector of a codebook that is nearest to what the encoder gives for it; gradients pass as if nothing were changed. The codebook follows the encoder by moving averages; van den Oord et al. 2017. Codes that hardly any output is near to start again from outputs; Dhariwal et al. 2020.</summary>
    /// <param name="Codes">Vectors in the codebook; ≥ 2.</param>
    /// <param name="Embedding">Their length: z is [positions × embedding], position by position; ≥ 1.</param>
    /// <param name="Commitment">The weight of the squared distances between outputs and their codes, which training adds; ≥ 0.</param>
    /// <param name="Decay">Of the moving averages, by step; in [0, 1).</param>
    public sealed partial record VectorQuantized(int Codes, int Embedding, double Commitment, double Decay) : Posterior;

    /// <summary>N(μ, diag σ²) through flows, one after the other; the encoder gives μ, ln σ² and then the parameters of each flow; Rezende &amp; Mohamed 2015.</summary>
    /// <param name="Steps">At least one; those that draw in one pass.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps) : Posterior;

    /// <summary>Several levels of latents, z = (z₁ … z_L), each diagonal normal given those that it depends on; with a <see cref="Prior.Hierarchical"/> prior of the same levels.</summary>
    /// <param name="Levels">How they hang together.</param>
    public sealed partial record Hierarchical(Hierarchy Levels) : Posterior;

    /// <summary>A family of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed partial record Custom(IPosterior Definition) : Posterior;
}
