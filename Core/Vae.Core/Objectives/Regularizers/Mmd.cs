namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>Weight · MMD²(q(z), p(z)), without bias: InfoVAE, with β = 0 the WAE; Zhao et al. 2019, Tolstikhin et al. 2018.</summary>
    /// <param name="Weight">≥ 0.</param>
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
    /// <summary>The MMD of codes and the prior; by default with the kernels of Tolstikhin et al. 2018.</summary>
    public static Regularizer Mmd(double weight, Kernel? kernel = null) =>
        new Regularizer.Mmd(weight, kernel ?? Kernels.InverseMultiquadratic());
}
