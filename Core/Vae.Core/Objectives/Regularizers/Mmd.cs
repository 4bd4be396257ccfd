namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>
    /// Weight · MMD²(q(z), p(z)), estimated without bias: InfoVAE, or WAE with β = 0; Zhao et al. 2019, Tolstikhin et al. 2018.
    /// </summary>
    /// <param name="Weight">The weight of the term; ≥ 0.</param>
    /// <param name="Kernel">The similarity of two codes.</param>
    public sealed partial record Mmd(double Weight, Kernel Kernel) : Regularizer
    {
        internal override string Name => FormattableString.Invariant($"mmd {Weight}");

        internal override bool SuitsPoints => true;

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.weight", Weight, 0), .. Kernel.Problems($"{path}.kernel")];

        internal override T Penalty<T>(ObjectiveTerms<T> terms) =>
            Weight * CodePenalties.MeanDiscrepancy(Codes(terms), terms.Batch.PriorDraws, Kernel);
    }
}

public static partial class Regularizers
{
    /// <summary>The maximum mean discrepancy of codes and draws from the prior; Tolstikhin et al. 2018.</summary>
    /// <param name="weight">The weight of the term; ≥ 0.</param>
    /// <param name="kernel">The similarity of two codes; inverse multiquadratic if not given.</param>
    public static Regularizer Mmd(double weight, Kernel? kernel = null) =>
        new Regularizer.Mmd(weight, kernel ?? Kernels.InverseMultiquadratic());
}
