namespace Vae;

/// <summary>
/// The derivative of a von Mises–Fisher height with respect to κ at a fixed quantile: for v = 1 − w it is (∂F/∂κ) / f with F(w) = ∫ f
/// over [−1, w] and f(w) ∝ e^(κw) (1 − w²)^((D−3)/2).
/// </summary>
internal static class HeightSlopes
{
    // Double-exponential quadrature (Takahasi & Mori 1974): its nodes resolve a narrow density and the singular ends of D = 2.
    private const int Side = 40;
    private const double Step = 0.08;

    private static readonly ValueList<double> Places = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(Place));
    private static readonly ValueList<double> Rests = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(j => Place(-j)));
    private static readonly ValueList<double> Weights = ValueList.From(Enumerable.Range(-Side, 2 * Side + 1).Select(j =>
        Step * Math.PI * Math.Cosh(j * Step) * Place(j) * Place(-j)));

    /// <summary>dv/dκ ≤ 0. κ, v [B, 1] → [B, 1].</summary>
    public static T WithRespectToKappa<T>(T kappa, T below, int size) where T : struct, ITensor<T>
    {
        // Since d/dκ ln f(t) = t − A, ∂F/∂κ is the integral of (t − A) f over one side: the lower if w < A, the upper if w > A.
        var meanBelow = 1.0 - kappa * Spheres.Bessel(kappa, size).Second;
        var isUpper = T.Sign(T.Sign(meanBelow - below) + 1.0);
        T upper = OneSide(kappa, below, meanBelow, size, up: true), lower = OneSide(kappa, below, meanBelow, size, up: false);
        return -(isUpper * upper + (1.0 - isUpper) * lower);
    }

    /// <summary>∫ |t − A| f(t) dt / f(w) over one side of w, whose length is v above w and 2 − v below it.</summary>
    private static T OneSide<T>(T kappa, T below, T meanBelow, int size, bool up) where T : struct, ITensor<T>
    {
        T At(ValueList<double> numbers) => T.Constant(kappa, [.. numbers], 1, numbers.Count);
        T places = At(Places), rests = At(Rests), length = up ? below : 2.0 - below, other = up ? 2.0 - below : below;
        var far = length * places;
        // (1 − t²)/(1 − w²) is the product of two ratios: the distances to the near end and those to the far end.
        var ratio = T.Log(rests) + T.Log1p(far / (other + 1e-30));
        var density = T.Exp((size - 3) / 2.0 * ratio + (up ? kappa : -kappa) * far);
        var height = up ? meanBelow - below + far : below + far - meanBelow;
        return T.Reshape(T.Sum(length * At(Weights) * height * density, 1), kappa.Dims[0], 1);
    }

    private static double Place(int j) => 1 / (1 + Math.Exp(-Math.PI * Math.Sinh(j * Step)));
}
