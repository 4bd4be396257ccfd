namespace Vae;

/// <summary>The operation of a layer that an application defines.</summary>
public interface ILayer : IPart<ILayer>
{
    /// <summary>
    /// Whether the output for an example depends on the other examples of a batch, as batch normalization does; false by default.
    /// </summary>
    bool CouplesExamples => false;

    /// <summary>The output shape, or why the layer does not fit the input.</summary>
    /// <param name="input">The shape of one example, without the batch axis.</param>
    /// <param name="path">The layer's path, for problems.</param>
    Validated<Shape> Output(Shape input, string path);

    /// <summary>The layer's tensors, by names within the layer; none by default.</summary>
    /// <param name="input">The shape of one example, without the batch axis.</param>
    ValueList<Parameter> Learned(Shape input) => [];

    /// <summary>Problems of the layer's settings; none by default.</summary>
    /// <param name="path">The layer's path, for problems.</param>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>The output of the layer. [B, …] → [B, …].</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The layer's tensors.</param>
    /// <param name="x">Its input, [B, …].</param>
    T Apply<T>(PartState<T> state, T x) where T : struct, ITensor<T>;
}
