namespace Vae;

/// <summary>
/// The scale of a likelihood around its centre: the standard deviation of a normal distribution, or b of a Laplace. The decoder outputs
/// the centre x̂ and then, if the scale is learned for each value, an unbounded number. Learned scales lie between e⁻⁶ and e²⁰: without a
/// bound a scale could follow the data to 0, where the density is infinite.
/// </summary>
[Closed]
public abstract partial record Scale
{
    private const double Low = LearnedScales.MinLog, High = LearnedScales.MaxLog;

    /// <summary>A fixed scale.</summary>
    /// <param name="Sigma">The scale; &gt; 0.</param>
    public sealed partial record Fixed(double Sigma = 1) : Scale
    {
        internal override string Title(string symbol) => FormattableString.Invariant($"{symbol} = {Sigma:0.####}");

        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.scale.sigma", Sigma);

        internal override T Log<T>(PartState<T> state, T outputs, T spread, int power) => T.Constant(outputs, [Math.Log(Sigma)], 1);
    }

    /// <summary>The decoder outputs ln of the scale for each value, softly bounded; Rybkin et al. 2021, section 3.2.</summary>
    public sealed partial record Learned : Scale
    {
        internal override int Outputs => 2;

        internal override string Title(string symbol) => $"learned {symbol} of each value";

        internal override T Log<T>(PartState<T> state, T outputs, T spread, int power) =>
            Stable.SoftClip(OutputBlocks.Block(outputs, 1, 2), Low, High);
    }

    /// <summary>One learned scale for all values; Rybkin et al. 2021, section 3.2.</summary>
    public sealed partial record Shared : Scale
    {
        private const string LogScale = LearnedScales.Log;

        internal override ValueList<Parameter> Parameters => [new(LogScale, Shape.Vector(1), new(0, 0), true)];

        internal override string Title(string symbol) => $"learned {symbol}";

        internal override T Log<T>(PartState<T> state, T outputs, T spread, int power) => Stable.SoftClip(state[LogScale], Low, High);
    }

    /// <summary>
    /// The maximum-likelihood scale for all values: that of the batch during training, and a moving estimate afterwards; Rybkin et al.
    /// 2021, section 3.3.
    /// </summary>
    public sealed partial record Optimal : Scale
    {
        private const string Moving = LearnedScales.Estimate;

        internal override ValueList<Parameter> Parameters => [new(Moving, Shape.Vector(2), new(0, 0), false)];

        internal override bool IsSeparable => false;

        internal override string Title(string symbol) => $"optimal {symbol}";

        internal override T Log<T>(PartState<T> state, T outputs, T spread, int power) =>
            T.Log((state.Training ? T.StopGradient(Mean(spread)) : MovingMeans.Estimate(state[Moving])) + Math.Exp(power * Low)) / power;

        internal override IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T spread) => new Dictionary<string, T>
        {
            [Moving] = LearnedScales.Decay * state[Moving]
                + (1 - LearnedScales.Decay) * T.Concat(Mean(spread), T.Constant(spread, [1], 1), 0),
        };

        private static T Mean<T>(T spread) where T : struct, ITensor<T> =>
            T.Reshape(T.Sum(T.SumEvent(spread), 0), 1) / spread.Dims.Aggregate(1.0, (product, dim) => product * dim);
    }

    /// <summary>Number of decoder outputs for each value.</summary>
    internal virtual int Outputs => 1;

    /// <summary>The tensors besides the networks.</summary>
    internal virtual ValueList<Parameter> Parameters => [];

    /// <summary>Whether the scale of a value does not depend on other values.</summary>
    internal virtual bool IsSeparable => true;

    /// <summary>Its name, with the symbol of the family.</summary>
    internal abstract string Title(string symbol);

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The centre x̂. Outputs [B, P·C, …] → [B, C, …].</summary>
    internal T Centre<T>(T outputs) where T : struct, ITensor<T> => OutputBlocks.Block(outputs, 0, Outputs);

    /// <summary>
    /// ln of the scale, for each value or one for all. The optimal scale is the power-th root of the mean of the spread.
    /// </summary>
    internal abstract T Log<T>(PartState<T> state, T outputs, T spread, int power) where T : struct, ITensor<T>;

    /// <summary>Draws: the centre plus the scale times standard ones. Outputs [B, P·C, …], [B, C, …] → [B, C, …].</summary>
    internal NdArray Apply(PartState<NdArray> state, NdArray outputs, NdArray standard, int power) =>
        Centre(outputs) + NdArray.Exp(Log(state, outputs, standard, power)) * standard;

    /// <summary>New values of the tensors that are not trained, after a step.</summary>
    internal virtual IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T spread) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}

/// <summary>Scales by name.</summary>
public static class Scales
{
    /// <summary>A fixed scale.</summary>
    /// <param name="sigma">The scale; &gt; 0.</param>
    public static Scale Fixed(double sigma = 1) => new Scale.Fixed(sigma);

    /// <summary>A decoder output for each value.</summary>
    public static Scale Learned { get; } = new Scale.Learned();

    /// <summary>One learned scale for all values.</summary>
    public static Scale Shared { get; } = new Scale.Shared();

    /// <summary>The maximum-likelihood scale for all values.</summary>
    public static Scale Optimal { get; } = new Scale.Optimal();
}
