namespace Vae;

/// <summary>The formulas of a family p(x|z): the shape of the decoder's outputs, and −ln p(x|z) as a function of them.</summary>
public interface ILikelihood : IPart<ILikelihood>
{
    /// <summary>The shape of the decoder's outputs for examples of a shape; by default one number for each value.</summary>
    Shape Outputs(Shape input) => input;

    /// <summary>The shape of the encoder's input for examples of a shape; by default the same.</summary>
    Shape EncoderInput(Shape input) => input;

    /// <summary>Whether x holds raw values, such as counts or columns, rather than intensities in [0, 1].</summary>
    bool TakesNumbers => false;

    /// <summary>
    /// Whether the second half of the channels of x is a mask, 1 where a value is known; then it gives terms and means of the first half.
    /// </summary>
    bool TakesMask => false;

    /// <summary>Whether the term of a value depends only on that value and its outputs, so that values can be left out.</summary>
    bool IsSeparable => true;

    /// <summary>Its tensors beside the networks, by names within the part; none by default.</summary>
    ValueList<Parameter> Learned(Shape input) => [];

    /// <summary>Problems of its numbers for examples of a shape.</summary>
    ValueList<Problem> Problems(Shape input, string path) => [];

    /// <summary>Problems of data, after any binarization, for this family: values at which it has no density.</summary>
    ValueList<Problem> Problems(DataFacts data, string path) => [];

    /// <summary>Whether it is a density or a mass of the values it accepts. If not, bounds on it are not bounds on ln p(x).</summary>
    bool IsDensity => true;

    /// <summary>
    /// x as the encoder is shown it, such as one-hot for a class. [B, C, …] → [B, …] of <see cref="EncoderInput"/>; x itself by default.
    /// </summary>
    T ForEncoder<T>(T x) where T : struct, ITensor<T> => x;

    /// <summary>−ln p of each value, before the sum. Outputs [B, …] of the decoder, x [B, C, …] → [B, C, …]; nats.</summary>
    T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>;

    /// <summary>E[x|z], which pictures of reconstructions show. Outputs [B, …] → [B, C, …].</summary>
    T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>
    /// The decoder's outputs with which E[x|z] is the mean of the data, clamped to what the family can have, and the scale that of
    /// the data where outputs give one. Empty if the family does not say, as by default.
    /// </summary>
    /// <param name="moments">Of each of n values, or of each channel of an image.</param>
    /// <returns>n · P outputs for P parameters a value, in the order of the decoder's outputs.</returns>
    ValueList<double> OutputsFor(Moments moments) => [];

    /// <summary>New values of its untrained tensors after a training step on a batch, by name; none by default.</summary>
    IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}
