namespace Vae.Tests;

public class GradientTests
{
    private const int Rows = 3;

    public static TheoryData<Formula> EveryFormula => [.. Formulas.All];

    [Theory]
    [MemberData(nameof(EveryFormula))]
    public void ADualNumberCarriesTheDerivative(Formula formula)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (x, v) = (Inputs(formula, seed), Inputs(formula, seed + 1000));
            var dual = formula.Evaluate(x.Zip(v, (value, tangent) => new Dual<NdArray>(value, tangent)).ToArray());
            AssertClose(formula.Evaluate(x), dual.Value, 1e-15);
            AssertClose(Slope(t => formula.Evaluate(Moved(x, v, t))), dual.Tangent, 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(EveryFormula))]
    public void ANestedDualNumberCarriesTheSecondDerivative(Formula formula)
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            var (x, v, w) = (Inputs(formula, seed), Inputs(formula, seed + 1000), Inputs(formula, seed + 2000));
            Dual<NdArray> First(int i, NdArray at) => new(at, v[i]);
            var nested =
                formula.Evaluate(x.Select((value, i) => new Dual<Dual<NdArray>>(First(i, value), Dual<NdArray>.Constant(w[i]))).ToArray());
            // The derivative along v, as a dual number gives it, is differenced along w.
            AssertClose(
                Slope(t => formula.Evaluate(Moved(x, w, t).Select((value, i) => First(i, value)).ToArray()).Tangent),
                nested.Tangent.Tangent, 1e-7);
        }
    }

    [Fact]
    public void SecondDerivativesHaveTheirClosedForms()
    {
        foreach (var x in new[] { -3.0, -0.7, 0.4, 1.9 })
        {
            double s = Stable.Sigmoid(x), t = Math.Tanh(x), e = Math.Exp(x), p = x * x;
            AssertSecond(e, x, X => Dual<Dual<NdArray>>.Exp(X));
            AssertSecond(2, x, X => Dual<Dual<NdArray>>.Square(X));
            AssertSecond(0, x, X => Dual<Dual<NdArray>>.Abs(X));
            AssertSecond(0, x, X => Dual<Dual<NdArray>>.Sign(X));
            AssertSecond(-2 * t * (1 - t * t), x, X => Dual<Dual<NdArray>>.Tanh(X));
            AssertSecond(s * (1 - s) * (1 - 2 * s), x, X => Dual<Dual<NdArray>>.Sigmoid(X));
            AssertSecond(-s * (1 - s), x, X => Dual<Dual<NdArray>>.LogSigmoid(X));
            AssertSecond(s * (1 - s), x, X => Stable.Softplus(X));
            AssertSecond(2 / (x * x * x), x, X => 1 / X);
            AssertSecond(e - 2 * t * (1 - t * t), x, X => Dual<Dual<NdArray>>.Exp(X) + Dual<Dual<NdArray>>.Tanh(X));
            AssertSecond(6 * x, x, X => X * X * X);
            AssertSecond(-2 / p, x, X => Dual<Dual<NdArray>>.Log(Dual<Dual<NdArray>>.Square(X)));
            AssertSecond(0, x, X => Dual<Dual<NdArray>>.Sqrt(Dual<Dual<NdArray>>.Square(X)));
            AssertSecond((2 - 2 * p) / ((1 + p) * (1 + p)), x, X => Dual<Dual<NdArray>>.Log1p(Dual<Dual<NdArray>>.Square(X)));
            AssertSecond(1, x, X => Normals.KlToStandard(X, 0 * X));
            AssertSecond(e / 2, x, X => Normals.KlToStandard(0 * X, X));
            AssertSecond(-1, x, X => Normals.LogDensityStandard(X));
            AssertSecond(-0.5 * Math.Exp(-x), x, X => Normals.LogDensity(0 * X + 1, 0 * X, X));
            AssertSecond(s * (1 - s), x, X => Bernoullis.NegLogDensity(X, 0 * X + 0.3));
        }
    }

    [Fact]
    public void TheThirdDerivativeOfExpIsExp()
    {
        var one = Dual<Dual<NdArray>>.Constant(Dual<NdArray>.Constant(NdArray.Full(1, 1, 1)));
        var x = new Dual<Dual<Dual<NdArray>>>(new(new(NdArray.Full(0.5, 1, 1), one.Value.Value), one.Value), one);
        Assert.Equal(Math.Exp(0.5), Dual<Dual<Dual<NdArray>>>.Exp(x).Tangent.Tangent.Tangent.Item, 1e-15);
    }

    private static void AssertSecond(double expected, double at, Func<Dual<Dual<NdArray>>, Dual<Dual<NdArray>>> f)
    {
        var one = Dual<NdArray>.Constant(NdArray.Full(1, 1, 1));
        var result = f(new(new(NdArray.Full(at, 1, 1), one.Value), one)).Tangent.Tangent.Item;
        Assert.Equal(expected, result, 1e-12 * (1 + Math.Abs(expected)));
    }

    private static NdArray[] Inputs(Formula formula, ulong seed) =>
        [.. Enumerable.Range(0, formula.Arguments).Select(i => Noise.AwayFromZero(seed * 10 + (ulong)i, Rows, Formula.Width))];

    private static NdArray[] Moved(NdArray[] x, NdArray[] v, double t) => [.. x.Zip(v, (value, tangent) => value + t * tangent)];

    // Richardson 1911: the central differences of steps h and h/2 leave an error of order h⁴ only.
    private static NdArray Slope(Func<double, NdArray> f)
    {
        const double h = 1e-3;
        NdArray Central(double step) => (f(step) - f(-step)) / (2 * step);
        return (4 * Central(h / 2) - Central(h)) / 3;
    }

    private static void AssertClose(NdArray expected, NdArray actual, double tolerance)
    {
        Assert.Equal(expected.Dims, actual.Dims);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair =>
            Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * (1 + Math.Abs(pair.First))));
    }
}
