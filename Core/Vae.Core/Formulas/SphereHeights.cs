namespace Vae;

/// <summary>The height w = μᵀz of von Mises–Fisher draws, represented by 1 − w: for a large κ, w itself rounds to 1.</summary>
internal static class SphereHeights
{
    public const int MaxDimensions = 1 << 20;

    // Each candidate is accepted with probability above 0.65 in any dimension (Wood 1994): all 24 fail with less than 1e-10.
    private const int Candidates = 24;

    /// <summary>Number of N(0, 1) values that a height takes: two χ² draws and a uniform one for each candidate.</summary>
    public static int HeightNoise(int size) => Candidates * 2 * size;

    /// <summary>ln of the density on the sphere. κ, 1 − w [B, 1] → [B]; nats.</summary>
    public static T LogDensity<T>(T kappa, T below, int size) where T : struct, ITensor<T> =>
        T.SumEvent(-(kappa * below) - Spheres.Bessel(kappa, size).First - size / 2.0 * Math.Log(2 * Math.PI));

    /// <summary>KL to the uniform distribution on the sphere. κ [B, 1] → [B]; nats, ≥ 0; Davidson et al. 2018, eq. 4.</summary>
    public static T KlToUniform<T>(T kappa, int size) where T : struct, ITensor<T>
    {
        var (log, ratio) = Spheres.Bessel(kappa, size);
        return T.SumEvent(kappa * (kappa * ratio - 1.0) - log + (Spheres.LogArea(size) - size / 2.0 * Math.Log(2 * Math.PI)));
    }

    /// <summary>Draws of 1 − w. κ [B, 1], noise [B, N] → [B, 1].</summary>
    public static T Below<T>(T kappa, T noise, int size) where T : struct, ITensor<T>
    {
        var drawn = T.StopGradient(Accepted(T.StopGradient(kappa), noise, size));
        // Implicit reparameterization: the same value with the derivative at a fixed quantile; Figurnov et al. 2018, eq. 5.
        var slope = T.StopGradient(HeightSlopes.WithRespectToKappa(T.StopGradient(kappa), drawn, size));
        return drawn + (kappa - T.StopGradient(kappa)) * slope;
    }

    // Wood 1994: candidates from an envelope of beta draws, of which the first accepted one is taken.
    private static T Accepted<T>(T kappa, T noise, int size) where T : struct, ITensor<T>
    {
        int rows = noise.Dims[0], freedom = size - 1;
        var squares = T.Square(T.Reshape(noise, rows, Candidates, 2 * size));
        T Sum(int start, int length) => T.Sum(T.Slice(squares, 2, start, length), 2);
        T left = Sum(0, freedom), right = Sum(freedom, freedom), exponential = 0.5 * Sum(2 * freedom, 2);
        var beta = (left + 1e-30) / (left + right + 2e-30);
        var b = freedom / (2.0 * kappa + T.Sqrt(4.0 * T.Square(kappa) + (double)freedom * freedom));
        var below = 2.0 * b * beta / (1.0 - (1.0 - b) * beta);
        var min = 2.0 * b / (1.0 + b);
        var log = kappa * (min - below) + freedom * (T.Log(min + (1.0 - min) * below) - T.Log(min) - T.Log(2.0 / (1.0 + b)));
        // For an exponential draw e, e⁻ᵉ is uniform, and its logarithm is −e.
        var accepted = T.Sign(T.Sign(log + exponential) + 1.0);
        // The first accepted candidate has the largest place; if none is accepted, all are 0 and the first one is taken.
        var places = T.Constant(noise, [.. Enumerable.Range(0, Candidates).Select(i => (double)(Candidates - i))], 1, Candidates);
        return T.Reshape(T.Sum(below * T.OneHotArgMax(accepted * places, 1), 1), rows, 1);
    }
}
