namespace Vae;

/// <summary>What a family p(x|z) means: what the decoder gives, and −ln p(x|z) of it.</summary>
public interface ILikelihood : IPart<ILikelihood>
{
    /// <summary>What the decoder must give for examples of a shape; by default as many numbers as values.</summary>
    Shape Outputs(Shape input) => input;

    /// <summary>What the encoder is shown of examples of a shape; by default the same.</summary>
    Shape EncoderInput(Shape input) => input;

    /// <summary>Whether x is made of numbers as they are, such as counts or columns, rather than of intensities in [0, 1].</summary>
    bool TakesNumbers => false;

    /// <summary>
    /// Whether the second half of the channels of x is a mask, 1 where a value is known; then it gives terms and means of the first half.
    /// </summary>
    bool TakesMask => false;

    /// <summary>Whether the term of a value depends on nothing but that value and its outputs, so that some can be left out.</summary>
    bool IsSeparable => true;

    /// <summary>Tensors of its own beside the networks, by names within the part; none by default.</summary>
    ValueList<Parameter> Learned(Shape input) => [];

    /// <summary>What is wrong with its numbers, or with them for examples of a shape.</summary>
    ValueList<Problem> Problems(Shape input, string path) => [];

    /// <summary>What is wrong with data, which may have been binarized, for this family: values where it has no density.</summary>
    ValueList<Problem> Problems(DataFacts data, string path) => [];

    /// <summary>Whether it is a density or a mass of what it accepts; if not, bounds are no bounds on ln p(x).</summary>
    bool IsDensity => true;

    /// <summary>
    /// x as the encoder is shown it, such as one-hot for a class. [B, C, …] → [B, …] of <see cref="EncoderInput"/>; x itself by default.
    /// </summary>
    T ForEncoder<T>(T x) where T : struct, ITensor<T> => x;

    /// <summary>−ln p of each value, before the sum. Outputs [B, …] of the decoder, x [B, C, …] → [B, C, …]; nats.</summary>
    T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>;

    /// <summary>E[x|z]: what a picture of a reconstruction shows. Outputs [B, …] → [B, C, …].</summary>
    T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>New values of its untrained tensors after a training step on a batch, by name; none by default.</summary>
    IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}
