namespace Vae;

public static partial class Normals
{
    // Coefficients of rational functions in ascending powers, for the middle, the shoulders and the far tails: Wichura 1988.
    private static readonly double[] MiddleOver = [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
        45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];
    private static readonly double[] MiddleUnder = [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
        21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610];
    private static readonly double[] ShoulderOver = [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 0.241780725177450611770, 2.27238449892691845833e-2, 7.74545014278341407640e-4];
    private static readonly double[] ShoulderUnder = [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
        0.148103976427480074590, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9];
    private static readonly double[] TailOver = [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7];
    private static readonly double[] TailUnder = [
        1, 0.599832206555887937690, 0.136929880922735805310, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15];

    /// <summary>
    /// The quantile function of N(0, 1), accurate to about 1 part in 10¹⁵; −∞ at 0 and ∞ at 1; Wichura 1988, algorithm AS 241.
    /// </summary>
    /// <param name="p">A probability; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public static double Quantile(double p)
    {
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), $"p: must be 0 to 1, got {p}");
        var middle = p - 0.5;
        if (Math.Abs(middle) <= 0.425)
            return middle * Ratio(MiddleOver, MiddleUnder, 0.180625 - middle * middle);
        var tail = Math.Min(p, 1 - p);
        if (tail == 0)
            return middle < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var depth = Math.Sqrt(-Math.Log(tail));
        var far = depth <= 5 ? Ratio(ShoulderOver, ShoulderUnder, depth - 1.6) : Ratio(TailOver, TailUnder, depth - 5);
        return middle < 0 ? -far : far;
    }

    /// <summary>Draws from N(0, I) as a function of a random key. [count, size].</summary>
    /// <param name="count">Number of rows; ≥ 0.</param>
    /// <param name="size">Number of values of each row; ≥ 0.</param>
    /// <param name="random">The generator.</param>
    public static NdArray Draws(int count, int size, KeyedRandom random)
    {
        var draws = new double[checked(count * size)];
        for (var i = 0; i < draws.Length; i++)
            draws[i] = Quantile(random.Inner(i));
        return NdArray.FromValues(draws, count, size);
    }

    private static double Ratio(double[] over, double[] under, double x) => Polynomial(over, x) / Polynomial(under, x);

    private static double Polynomial(double[] coefficients, double x)
    {
        var value = 0.0;
        for (var k = coefficients.Length - 1; k >= 0; k--)
            value = value * x + coefficients[k];
        return value;
    }
}
