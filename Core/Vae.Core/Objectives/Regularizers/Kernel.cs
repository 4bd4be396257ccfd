namespace Vae;

/// <summary>
/// The similarity of two codes as a function of d² / (2·D), their squared distance over its expectation for two draws from N(0, I);
/// summed over scales.
/// </summary>
[Closed]
public abstract partial record Kernel
{
    /// <summary>The similarity of a code with itself.</summary>
    internal abstract double OfSelf { get; }

    internal abstract ValueList<Problem> Problems(string path);

    /// <summary>The kernel summed over pairs of codes of a length. Squared distances [N, M] → [].</summary>
    internal abstract T Sum<T>(T squared, int size) where T : struct, ITensor<T>;

    private static ValueList<Problem> OfScales(ValueList<double> scales, string path) => [
        .. Rules.If(scales.Count == 0, $"{path}.scales", "must have at least one", "none"),
        .. scales.SelectMany((scale, i) => Rules.Positive($"{path}.scales[{i}]", scale))];

    private static T Summed<T>(ValueList<double> scales, Func<double, T> kernel) where T : struct, ITensor<T> =>
        T.Sum(scales.Select(kernel).Aggregate((sum, next) => sum + next), 0, 1);

    /// <summary>exp(−d² / (s·2·D)).</summary>
    /// <param name="Scales">The scales s; at least one, each &gt; 0.</param>
    public sealed partial record RadialBasis(ValueList<double> Scales) : Kernel
    {
        internal override double OfSelf => Scales.Count;

        internal override ValueList<Problem> Problems(string path) => OfScales(Scales, path);

        internal override T Sum<T>(T squared, int size) => Summed(Scales, scale => T.Exp(-squared / (2 * size * scale)));
    }

    /// <summary>
    /// 1 / (1 + d² / (s·2·D)), whose heavy tails give distant codes a gradient; Tolstikhin et al. 2018, section 4.
    /// </summary>
    /// <param name="Scales">The scales s; at least one, each &gt; 0.</param>
    public sealed partial record InverseMultiquadratic(ValueList<double> Scales) : Kernel
    {
        internal override double OfSelf => Scales.Count;

        internal override ValueList<Problem> Problems(string path) => OfScales(Scales, path);

        internal override T Sum<T>(T squared, int size) => Summed(Scales, scale => 1.0 / (1.0 + squared / (2 * size * scale)));
    }
}

/// <summary>Kernels by name.</summary>
public static class Kernels
{
    /// <summary>exp(−d² / (s·2·D)) at one scale.</summary>
    /// <param name="scale">s; &gt; 0.</param>
    public static Kernel RadialBasis(double scale = 0.5) => new Kernel.RadialBasis([scale]);

    /// <summary>1 / (1 + d² / (s·2·D)), summed over scales.</summary>
    /// <param name="scales">s, each &gt; 0; seven scales from 0.1 to 10 if not given.</param>
    public static Kernel InverseMultiquadratic(ValueList<double>? scales = null) =>
        new Kernel.InverseMultiquadratic(scales ?? [0.1, 0.2, 0.5, 1, 2, 5, 10]);
}
