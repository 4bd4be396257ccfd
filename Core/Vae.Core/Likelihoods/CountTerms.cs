namespace Vae;

/// <summary>
/// Formulas shared by families of counts: rates, unconditional or as shares of an example's total, and probability masses.
/// </summary>
internal static class CountTerms
{
    // e²⁰ is 5·10⁸; beyond that float32 does not distinguish neighbouring counts.
    private const double MaxLogRate = 20, MinLogDispersion = -20, MaxLogDispersion = 20, Decay = 0.99;

    // A count that is never seen has no ln; beyond these a dispersion is that of a Poisson, or of nothing.
    private const double MinLogMean = -7, MaxLogMoment = 5;

    private const string Totals = "totals";

    public static string TotalsSuffix(bool library) => library ? ", conditioned on totals" : "";

    public static ValueList<Parameter> Learned(bool library) => library ? [new(Totals, Shape.Vector(2), new(0, 0), false)] : [];

    public static ValueList<Problem> Problems(bool library, Shape input, string path) => Rules.If(
        library && input.Size < 2, $"{path}.library", "needs at least 2 counts an example, since the share of a single one is always 1", input);

    /// <summary>The encoder's input: ln(1 + x), extended to negative x, which learned pseudo-inputs may reach.</summary>
    public static T ForEncoder<T>(T x) where T : struct, ITensor<T> => T.Sign(x) * T.Log1p(T.Abs(x));

    /// <summary>ln of the rate of each count: softly bounded, or ln(total) + ln softmax with a library.</summary>
    public static T LogRates<T>(bool library, T outputs, T x) where T : struct, ITensor<T> => library
        ? LogShares(outputs) + Spread(T.Log(T.SumEvent(x) + 1e-8), outputs)
        : MaxLogRate - Stable.Softplus(MaxLogRate - outputs);

    /// <summary>The rate of each count; with a library, for an example with the mean total of the training data.</summary>
    public static T Rates<T>(bool library, PartState<T> state, T outputs) where T : struct, ITensor<T> => library
        ? T.Exp(LogShares(outputs)) * MovingMeans.Estimate(state[Totals])
        : T.Exp(LogRates(false, outputs, outputs));

    /// <summary>The decoder's output of a mean count: of shares of a total, up to what all have in common.</summary>
    public static double OutputFor(bool library, double mean)
    {
        var log = Math.Clamp(Math.Log(mean), MinLogMean, MaxLogRate - 1);
        return library ? log : MaxLogRate - Stable.InverseSoftplus(MaxLogRate - log);
    }

    /// <summary>The outputs of a negative binomial with a mean and a variance, which exceeds the mean by mean²/r.</summary>
    public static double[] OutputsFor(double mean, double variance)
    {
        var log = Math.Log(mean * mean / Math.Max(variance - mean, 0));
        var dispersion = double.IsNaN(log) ? MaxLogMoment : Math.Clamp(log, -MaxLogMoment, MaxLogMoment);
        return [OutputFor(false, mean), Stable.InverseSoftClip(dispersion, MinLogDispersion, MaxLogDispersion)];
    }

    public static IReadOnlyDictionary<string, T> Updated<T>(bool library, PartState<T> state, T x) where T : struct, ITensor<T> => library
        ? new Dictionary<string, T>
        {
            [Totals] = Decay * state[Totals]
                + (1 - Decay) * T.Concat(T.Reshape(T.Sum(T.SumEvent(x), 0), 1) / x.Dims[0], T.Constant(x, [1], 1), 0),
        }
        : new Dictionary<string, T>();

    /// <summary>−ln Poisson(x; e^logRate), elementwise; nats.</summary>
    public static T Poisson<T>(T logRate, T x) where T : struct, ITensor<T> => T.Exp(logRate) - x * logRate + Gammas.LogGamma(x + 1);

    /// <summary>
    /// −ln NB(x; μ, r), elementwise, from ln μ and ln r: the mass is Γ(x + r)/(Γ(r)·x!)·(r/(r + μ))ʳ·(μ/(r + μ))ˣ. Nats; Lopez et al.
    /// 2018.
    /// </summary>
    public static T NegativeBinomial<T>(T logMean, T logDispersion, T x) where T : struct, ITensor<T>
    {
        var log = Stable.SoftClip(logDispersion, MinLogDispersion, MaxLogDispersion);
        var r = T.Exp(log);
        return Gammas.LogGamma(x + 1) - Gammas.LogRising(r, x) - r * T.LogSigmoid(log - logMean) - x * T.LogSigmoid(logMean - log);
    }

    /// <summary>Draws of NB(μ, r) from μ, ln r and uniform numbers, elementwise.</summary>
    public static NdArray DrawNegativeBinomial(NdArray means, NdArray logDispersion, NdArray uniforms) =>
        Quantiles.Map(means, Dispersion(logDispersion), uniforms, Quantiles.NegativeBinomial);

    /// <summary>The mode of NB(μ, r) from μ and ln r, elementwise.</summary>
    public static NdArray ModeOfNegativeBinomial(NdArray means, NdArray logDispersion) =>
        NdArray.Zip(means, Dispersion(logDispersion), (mean, r) => r > 1 ? Math.Floor(mean * (r - 1) / r) : 0);

    private static NdArray Dispersion(NdArray log) => NdArray.Exp(Stable.SoftClip(log, MinLogDispersion, MaxLogDispersion));

    private static T LogShares<T>(T outputs) where T : struct, ITensor<T>
    {
        var flat = T.Reshape(outputs, outputs.Dims[0], outputs.Dims.Skip(1).Aggregate(1, (a, b) => a * b));
        return outputs - Spread(T.LogSumExp(flat, 1), outputs);
    }

    // [B] → [B, 1, …].
    private static T Spread<T>(T rows, T like) where T : struct, ITensor<T> =>
        T.Reshape(rows, [.. like.Dims.Select((dim, axis) => axis == 0 ? dim : 1)]);
}
