namespace Vae;

/// <summary>What a layer means.</summary>
public interface ILayer : IPart<ILayer>
{
    /// <summary>What it gives, or what is wrong with what it is given.</summary>
    Validated<Shape> Output(Shape input, string path);

    /// <summary>Its tensors, by names within the layer; none by default.</summary>
    ValueList<Parameter> Learned(Shape input) => [];

    /// <summary>What is wrong with its numbers.</summary>
    ValueList<Problem> Problems(string path) => [];

    /// <summary>The layer's operation. [B, …] → [B, …].</summary>
    T Apply<T>(PartState<T> state, T x) where T : struct, ITensor<T>;
}
