namespace Vae;

/// <summary>An encoder or a decoder: layers, and the head that follows them.</summary>
public sealed record Network(ValueList<Layer> Layers, Head Head)
{
    /// <summary>The same with other parts.</summary>
    public Network With(ValueList<Layer>? layers = null, Head? head = null) => new(layers ?? Layers, head ?? Head);
}
