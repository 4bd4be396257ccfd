namespace Vae;

/// <summary>
/// ln of a <see cref="Scale"/> over the decoder's outputs, which are x̂ and then, where it is learned for each value, an
/// unbounded number. Learned scales lie between e⁻⁶ and e²⁰: a scale that follows the data to 0 has no bound on the density.
/// </summary>
internal static class ScaleTerms
{
    private const double Low = LearnedScales.MinLog, High = LearnedScales.MaxLog, Kept = LearnedScales.Decay;

    private const string Log = LearnedScales.Log, Moving = LearnedScales.Estimate;

    public static int Outputs(Scale scale) => scale is Scale.Learned ? 2 : 1;

    public static string Name(Scale scale, string symbol) => scale.Match(
        @fixed: f => FormattableString.Invariant($"{symbol} = {f.Sigma:0.####}"),
        learned: _ => $"learned {symbol} of each value", shared: _ => $"learned {symbol}", optimal: _ => $"optimal {symbol}");

    public static ValueList<Parameter> Learned(Scale scale) => scale.Match(
        @fixed: _ => [], learned: _ => [],
        shared: _ => [new(Log, Shape.Vector(1), new(0, 0), true)],
        optimal: _ => ValueList.From<Parameter>([new(Moving, Shape.Vector(2), new(0, 0), false)]));

    public static ValueList<Problem> Problems(Scale scale, string path) => scale.Match(
        @fixed: f => Rules.Positive($"{path}.scale.sigma", f.Sigma), learned: _ => [], shared: _ => [], optimal: _ => ValueList.From<Problem>([]));

    public static T Centre<T>(Scale scale, T outputs) where T : struct, ITensor<T> => OutputBlocks.Block(outputs, 0, Outputs(scale));

    /// <summary>ln of the scale, of each value or one for all; <paramref name="spread"/> is what the best scale is the power-th root of the mean of.</summary>
    public static T LogScale<T>(Scale scale, PartState<T> state, T outputs, T spread, int power) where T : struct, ITensor<T> => scale.Match(
        @fixed: f => T.Constant(outputs, [Math.Log(f.Sigma)], 1),
        learned: _ => Stable.SoftClip(OutputBlocks.Block(outputs, 1, 2), Low, High),
        shared: _ => Stable.SoftClip(state[Log], Low, High),
        optimal: _ => T.Log((state.Training ? T.StopGradient(Mean(spread)) : Estimate(state[Moving])) + Math.Exp(power * Low)) / power);

    /// <summary>The moving estimate after a step, for the untrained tensor: Σ of weighted means, and Σ of the weights.</summary>
    public static IReadOnlyDictionary<string, T> Updated<T>(Scale scale, PartState<T> state, T spread) where T : struct, ITensor<T> => scale is Scale.Optimal
        ? new Dictionary<string, T> { [Moving] = Kept * state[Moving] + (1 - Kept) * T.Concat(Mean(spread), T.Constant(spread, [1], 1), 0) }
        : new Dictionary<string, T>();

    // 1 before the first step.
    internal static T Estimate<T>(T moving) where T : struct, ITensor<T> => (T.Slice(moving, 0, 0, 1) + 1e-12) / (T.Slice(moving, 0, 1, 1) + 1e-12);

    private static T Mean<T>(T spread) where T : struct, ITensor<T> =>
        T.Reshape(T.Sum(T.SumEvent(spread), 0), 1) / spread.Dims.Aggregate(1.0, (product, dim) => product * dim);
}
