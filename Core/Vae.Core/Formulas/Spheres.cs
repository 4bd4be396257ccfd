namespace Vae;

/// <summary>The unit sphere in ℝᴰ and the modified Bessel functions that normalize densities on it.</summary>
internal static class Spheres
{
    // From this order on the expansion below is exact to 1e-8 at any argument.
    private const double MinOrder = 20;

    /// <summary>ln of the sphere's area, 2 π^(D/2) / Γ(D/2).</summary>
    public static double LogArea(int size) => Math.Log(2) + size / 2.0 * Math.Log(Math.PI) - LogGammaOfHalf(size);

    /// <summary>x / ‖x‖. [B, D] → [B, D].</summary>
    public static T Direction<T>(T x) where T : struct, ITensor<T> =>
        // A vector of zeros, which only rounding produces, must not divide by 0.
        x / T.Sqrt(Dot(x, x) + 1e-30);

    /// <summary>Σ a·b over the latent axis. [B, D] → [B, 1].</summary>
    public static T Dot<T>(T a, T b) where T : struct, ITensor<T>
    {
        var product = a * b;
        return T.Reshape(T.Sum(product, 1), product.Dims[0], 1);
    }

    /// <summary>
    /// ln(I_ν(κ) κ⁻ᵛ e⁻ᵏ), finite for κ ≥ 0, and I_{ν+1}(κ) / (κ I_ν(κ)), for ν = D/2 − 1: the uniform expansion at a large order (Olver
    /// et al. 2010, 10.41.3), then the downward recurrence I_{ν−1} = (2ν/κ) I_ν + I_{ν+1}, whose terms are all positive.
    /// </summary>
    public static Pair<T> Bessel<T>(T kappa, int size) where T : struct, ITensor<T>
    {
        var order = size / 2.0 - 1;
        var steps = (int)Math.Max(0, Math.Ceiling(MinOrder - order));
        var log = Expansion(kappa, order + steps);
        var ratio = T.Exp(Expansion(kappa, order + steps + 1) - log);
        for (var at = order + steps; at > order; at--)
        {
            ratio = 1.0 / (2 * at + T.Square(kappa) * ratio);
            log -= T.Log(ratio);
        }
        return new(log, ratio);
    }

    private static T Expansion<T>(T kappa, double order) where T : struct, ITensor<T>
    {
        var root = T.Sqrt(T.Square(kappa) + order * order);
        var t = order / root;
        var t2 = T.Square(t);
        var u1 = t * (3.0 - 5.0 * t2) / 24;
        var u2 = t2 * (81.0 - t2 * (462.0 - 385.0 * t2)) / 1152;
        var u3 = t * t2 * (30375.0 - t2 * (369603.0 - t2 * (765765.0 - 425425.0 * t2))) / 414720;
        var u4 = T.Square(t2) * (4465125.0 - t2 * (94121676.0 - t2 * (349922430.0 - t2 * (446185740.0 - 185910725.0 * t2)))) / 39813120;
        var series = T.Log1p((u1 + (u2 + (u3 + u4 / order) / order) / order) / order);
        // order² / (root + κ) is root − κ without cancellation.
        return order * order / (root + kappa) - order * T.Log(root + order) - 0.5 * T.Log(2 * Math.PI * root) + series;
    }

    /// <summary>ln Γ(n/2), by the recurrence from Γ(1/2) = √π or Γ(1) = 1.</summary>
    private static double LogGammaOfHalf(int n) =>
        (n % 2 == 1 ? 0.5 * Math.Log(Math.PI) : 0) + Enumerable.Range(0, (n - 1) / 2).Sum(i => Math.Log((n % 2 == 1 ? 0.5 : 1) + i));
}
