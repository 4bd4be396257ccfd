namespace Vae;

/// <summary>What <see cref="Likelihood.Beta"/> means.</summary>
internal sealed record BetaLikelihood(double Margin) : ILikelihood
{
    // Far beyond what data of 256 levels can tell apart, and far from where float32 loses the difference of two ln Γ.
    private const double Low = -5, High = 8;

    public string Name => "beta";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, 2);

    public ValueList<Problem> Problems(Shape input, string path) => Rules.Within($"{path}.margin", Margin, 0, 0.5, closedLow: false, closedHigh: false);

    public ValueList<Problem> Problems(DataFacts data, string path) => DataRules.Unit(data.Values, path, "beta");

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        T alpha = Shape(outputs, 0), beta = Shape(outputs, 1), y = Margin + (1 - 2 * Margin) * x;
        var normalizer = Gammas.LogGamma(beta) - Gammas.LogRising(alpha, beta);
        return normalizer - (alpha - 1) * T.Log(y) - (beta - 1) * T.Log(1 - y) - Math.Log(1 - 2 * Margin);
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>
    {
        T alpha = Shape(outputs, 0), beta = Shape(outputs, 1);
        return (alpha / (alpha + beta) - Margin) / (1 - 2 * Margin);
    }

    private static T Shape<T>(T outputs, int which) where T : struct, ITensor<T> =>
        T.Exp(Stable.SoftClip(OutputBlocks.Block(outputs, which, 2), Low, High));
}
