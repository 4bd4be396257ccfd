namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// N(μ, L Lᵀ) with L = diag σ (I + N), where N is strictly lower triangular. The encoder outputs μ, ln σ² and the rows of N; Kingma
    /// &amp; Welling 2019, section 2.5.1. The entries below the diagonal scale with σ, so that training is close to that of a diagonal
    /// normal distribution while N is small.
    /// </summary>
    public sealed partial record FullNormal : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => "full-covariance normal";

        long IPosterior.Outputs(int latent) => 2L * latent + latent * (latent - 1L) / 2;

        T IPosterior.Mean<T>(PartState<T> state, T outputs) => Part(outputs, 0);

        /// <summary>ln of the diagonal of L Lᵀ.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) => T.Log(Variance(outputs));

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            var mixed = noise + Rows(outputs, row => row * T.Slice(noise, 1, 0, row.Dims[1]));
            return new(Reparameterizations.Normal(Part(outputs, 0), LogVar(outputs), mixed), LogDensityOf(noise, outputs));
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z)
        {
            var mixed = (z - Part(outputs, 0)) * T.Exp(-0.5 * LogVar(outputs));
            var noise = Column(mixed, 0);
            // Forward substitution: each row of (I + N) ε = (z − μ) / σ has one more unknown.
            for (var i = 1; i < mixed.Dims[1]; i++)
                noise = T.Concat(noise, Column(mixed, i) - Total(Row(outputs, i) * noise), 1);
            return LogDensityOf(noise, outputs);
        }

        /// <summary>
        /// By the chain rule: for each latent the mean divergence given those before it. The sum is the divergence of z.
        /// </summary>
        T? IPosterior.KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior)
        {
            T mu = Part(outputs, 0), logVar = LogVar(outputs), variance = Variance(outputs);
            return prior.Normal is { } p
                ? 0.5 * ((variance + T.Square(mu - Normals.Mu(p))) * T.Exp(-Normals.LogVar(p)) - 1.0 - (logVar - Normals.LogVar(p)))
                : prior.IsStandard ? 0.5 * (variance + T.Square(mu) - 1.0 - logVar)
                : null;
        }

        private static T LogDensityOf<T>(T noise, T outputs) where T : struct, ITensor<T> =>
            Normals.LogDensityStandard(noise) - 0.5 * T.SumEvent(LogVar(outputs));

        private static T Variance<T>(T outputs) where T : struct, ITensor<T> => T.Exp(LogVar(outputs)) * (1.0 + Rows(outputs, T.Square));

        private static T LogVar<T>(T outputs) where T : struct, ITensor<T> => Normals.BoundedLogVar(Part(outputs, 1));

        // μ, ln σ² and N have D·(D + 3)/2 numbers.
        private static int Latent(int outputs) => (int)Math.Round((Math.Sqrt(9 + 8.0 * outputs) - 3) / 2);

        private static T Part<T>(T outputs, int which) where T : struct, ITensor<T>
        {
            var size = Latent(outputs.Dims[1]);
            return T.Slice(outputs, 1, which * size, size);
        }

        /// <summary>The entries of a row of N before its diagonal: [B, row].</summary>
        private static T Row<T>(T outputs, int row) where T : struct, ITensor<T> =>
            T.Slice(outputs, 1, 2 * Latent(outputs.Dims[1]) + row * (row - 1) / 2, row);

        /// <summary>The sum of terms over each row of N: [B, D], 0 for the first.</summary>
        private static T Rows<T>(T outputs, Func<T, T> terms) where T : struct, ITensor<T>
        {
            var sums = 0.0 * T.Slice(outputs, 1, 0, 1);
            for (var i = 1; i < Latent(outputs.Dims[1]); i++)
                sums = T.Concat(sums, Total(terms(Row(outputs, i))), 1);
            return sums;
        }

        private static T Column<T>(T x, int column) where T : struct, ITensor<T> => T.Slice(x, 1, column, 1);

        private static T Total<T>(T x) where T : struct, ITensor<T> => T.Reshape(T.Sum(x, 1), x.Dims[0], 1);
    }
}

public static partial class Posteriors
{
    /// <summary>N(μ, L Lᵀ).</summary>
    public static Posterior FullNormal { get; } = new Posterior.FullNormal();
}
