namespace Vae;

/// <summary>
/// How a von Mises–Fisher height moves with κ while its place in the distribution stays: for v = 1 − w the derivative
/// (∂F/∂κ) / f with F(w) = ∫ f over [−1, w] and f(w) ∝ e^(κw) (1 − w²)^((D−3)/2).
/// </summary>
internal static class HeightSlopes
{
    // Double-exponential quadrature (Takahasi & Mori 1974): its nodes meet both a narrow density and the infinite ends of D = 2.
    private const int Side = 40;
    private const double Step = 0.08;

    private static readonly ValueList<double> Places = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(Place));
    private static readonly ValueList<double> Rests = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(j => Place(-j)));
    private static readonly ValueList<double> Weights = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(j =>
        Step * Math.PI * Math.Cosh(j * Step) * Place(j) * Place(-j)));

    /// <summary>dv/dκ ≤ 0. κ, v [B, 1] → [B, 1].</summary>
    public static T WithRespectToKappa<T>(T kappa, T below, int size) where T : struct, ITensor<T>
    {
        // As d/dκ ln f(t) = t − A, the derivative of F is that mean over one side: the lower where w < A, the upper where w > A.
        var meanBelow = 1.0 - kappa * Spheres.Bessel(kappa, size).Second;
        var isUpper = T.Sign(T.Sign(meanBelow - below) + 1.0);
        T upper = OneSide(kappa, below, meanBelow, size, up: true), lower = OneSide(kappa, below, meanBelow, size, up: false);
        return -(isUpper * upper + (1.0 - isUpper) * lower);
    }

    /// <summary>∫ |t − A| f(t) dt / f(w) over one side of w, which has length v above it and 2 − v below.</summary>
    private static T OneSide<T>(T kappa, T below, T meanBelow, int size, bool up) where T : struct, ITensor<T>
    {
        T At(ValueList<double> numbers) => T.Constant(kappa, [.. numbers], 1, numbers.Count);
        T places = At(Places), rests = At(Rests), length = up ? below : 2.0 - below, other = up ? 2.0 - below : below;
        var far = length * places;
        // (1 − t²)/(1 − w²) is what is left of this side times how much the other has grown.
        var ratio = T.Log(rests) + T.Log1p(far / (other + 1e-30));
        var density = T.Exp((size - 3) / 2.0 * ratio + (up ? kappa : -kappa) * far);
        var height = up ? meanBelow - below + far : below + far - meanBelow;
        return T.Reshape(T.Sum(length * At(Weights) * height * density, 1), kappa.Dims[0], 1);
    }

    private static double Place(int j) => 1 / (1 + Math.Exp(-Math.PI * Math.Sinh(j * Step)));
}
