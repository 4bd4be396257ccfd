namespace Vae;

/// <summary>An encoder or a decoder: layers followed by a head.</summary>
/// <param name="Layers">The layers in order.</param>
/// <param name="Head">The last layers, whose output shape follows from the distribution that the network parameterizes.</param>
public sealed partial record Network(ValueList<Layer> Layers, Head Head);
