namespace Vae;

/// <summary>The formulas of a family p(x|z): the shape of the decoder's outputs, and −ln p(x|z) as a function of them.</summary>
public interface ILikelihood : IPart<ILikelihood>
{
    /// <summary>The shape of the decoder's outputs; by default one number for each value.</summary>
    /// <param name="input">The shape of one example.</param>
    Shape Outputs(Shape input) => input;

    /// <summary>The shape of the encoder's input; by default that of the example.</summary>
    /// <param name="input">The shape of one example.</param>
    Shape EncoderInput(Shape input) => input;

    /// <summary>Whether x holds raw values, such as counts or columns, rather than intensities in [0, 1].</summary>
    bool TakesNumbers => false;

    /// <summary>
    /// Whether the second half of the channels of x is a mask, 1 for an observed value. Terms and means are then those of the first half.
    /// </summary>
    bool TakesMask => false;

    /// <summary>Whether the term of a value depends only on that value and its outputs, so that values can be omitted.</summary>
    bool IsSeparable => true;

    /// <summary>The tensors besides the networks, by names within the component; none by default.</summary>
    /// <param name="input">The shape of one example.</param>
    ValueList<Parameter> Learned(Shape input) => [];

    /// <summary>Problems of the family's settings; none by default.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="path">The likelihood's path, for problems.</param>
    ValueList<Problem> Problems(Shape input, string path) => [];

    /// <summary>Problems of data, after any binarization: values at which the family has no density. None by default.</summary>
    /// <param name="data">The facts of the training data.</param>
    /// <param name="path">The likelihood's path, for problems.</param>
    ValueList<Problem> Problems(DataFacts data, string path) => [];

    /// <summary>
    /// Whether it is a density or a mass of the values that it accepts. If not, bounds on it are not bounds on ln p(x).
    /// </summary>
    bool IsDensity => true;

    /// <summary>
    /// x as the encoder's input, such as one-hot for a class; x itself by default. [B, C, …] → [B, …] of <see cref="EncoderInput"/>.
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="x">Examples, [B, C, …].</param>
    T ForEncoder<T>(T x) where T : struct, ITensor<T> => x;

    /// <summary>−ln p of each value, before the sum. [B, …], [B, C, …] → [B, C, …]; nats.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors of the component.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="x">Examples, [B, C, …].</param>
    T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>;

    /// <summary>E[x|z], which pictures of reconstructions show. [B, …] → [B, C, …].</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors of the component.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>
    /// The decoder's outputs with which E[x|z] is the mean of the data, clamped to what the family can have, and the scale that of
    /// the data where outputs give one. Empty if the family does not say, as by default.
    /// </summary>
    /// <param name="moments">Of each of n values, or of each channel of an image.</param>
    /// <returns>n · P outputs for P parameters a value, in the order of the decoder's outputs.</returns>
    ValueList<double> OutputsFor(Moments moments) => [];

    /// <summary>The shape of the uniform numbers that one draw takes; by default one number for each value.</summary>
    /// <param name="input">The shape of one example.</param>
    Shape Uniforms(Shape input) => input;

    /// <summary>
    /// Draws x ~ p(x|z), as a function of uniform numbers: the quantile function where the family has one. [B, …] → [B, C, …]. By default
    /// a family has no draws.
    /// </summary>
    /// <param name="state">The tensors of the component.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="uniforms">Numbers in (0, 1), [B, …] of <see cref="Uniforms"/>.</param>
    /// <exception cref="NotSupportedException">The family has no draws.</exception>
    NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
        throw new NotSupportedException($"likelihood: must implement {nameof(ILikelihood)}.{nameof(Draw)} to be drawn from, got {Name}");

    /// <summary>The x at which p(x|z) is greatest, for each value. [B, …] → [B, C, …]. By default a family has no mode.</summary>
    /// <param name="state">The tensors of the component.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <exception cref="NotSupportedException">The family has no mode.</exception>
    NdArray Mode(PartState<NdArray> state, NdArray outputs) =>
        throw new NotSupportedException($"likelihood: must implement {nameof(ILikelihood)}.{nameof(Mode)} to have a mode, got {Name}");

    /// <summary>
    /// The values that have a probability, ascending, if they are finitely many and the same for all values of an example; else empty, as by
    /// default.
    /// </summary>
    ValueList<double> Levels => [];

    /// <summary>New values of the tensors that are not trained, by name, after a training step on a batch; none by default.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors of the component.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="x">Examples, [B, C, …].</param>
    IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}
