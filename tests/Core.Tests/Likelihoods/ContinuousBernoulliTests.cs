namespace Vae.Tests;

public class ContinuousBernoulliTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-9)]
    [InlineData(-0.03)]
    [InlineData(0.0999)]
    [InlineData(-0.1001)]
    [InlineData(1.7)]
    [InlineData(-25)]
    [InlineData(300)]
    public void ItsNormalizerMakesAnIntegralOfOne(double logit)
    {
        // ∫ λˣ(1 − λ)¹⁻ˣ dx over [0, 1] is (e^l − 1) / (l·(1 + e^l)), the mean of e^(l·x) over 1 + e^l.
        var plain = Bernoullis.NegLogDensity(NdArray.Full(logit, 1, 1), NdArray.Full(0.3, 1, 1)).Item;
        var size = Math.Abs(logit);
        var integral = size == 0 ? -Math.Log(2) : Math.Log(Expm1(-size) / -size) - Math.Log(1 + Math.Exp(-size));
        Assert.Equal(plain + integral, NegLog(logit, 0.3), 1e-14 * (1 + plain));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.0999999)]
    [InlineData(0.1000001)]
    [InlineData(0.7)]
    [InlineData(-30)]
    public void TheDerivativeOfItsNormalizerIsItsMeanLessThatOfX(double logit)
    {
        // Of an exponential family: d/dl −ln p = E[x] − x.
        var dual = Likelihoods.NegLogDensity(Likelihoods.ContinuousBernoulli,
            new Dual<NdArray>(NdArray.Full(logit, 1, 1), NdArray.Full(1, 1, 1)), Dual<NdArray>.Constant(NdArray.Full(0.3, 1, 1)));
        Assert.Equal(Likelihoods.Mean(Likelihoods.ContinuousBernoulli, NdArray.Full(logit, 1, 1)).Item - 0.3, dual.Tangent.Item, 1e-13);
        // And E[x] = 1/(1 − e⁻ˡ) − 1/l, of which nothing is lost far from 0.
        if (Math.Abs(logit) > 0.5)
            Assert.Equal(1 / (1 - Math.Exp(-logit)) - 1 / logit, dual.Tangent.Item + 0.3, 1e-13);
    }

    private static double NegLog(double logit, double x) =>
        Likelihoods.NegLogDensity(Likelihoods.ContinuousBernoulli, NdArray.Full(logit, 1, 1), NdArray.Full(x, 1, 1)).Item;

    // eˣ − 1 = 2·tanh(x/2) / (1 − tanh(x/2)).
    private static double Expm1(double x) => 2 * Math.Tanh(x / 2) / (1 - Math.Tanh(x / 2));
}
