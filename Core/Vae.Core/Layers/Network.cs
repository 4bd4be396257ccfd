namespace Vae;

/// <summary>An encoder or a decoder: layers, and the head that follows them.</summary>
public sealed partial record Network(ValueList<Layer> Layers, Head Head);
