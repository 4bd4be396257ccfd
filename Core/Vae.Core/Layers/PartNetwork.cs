namespace Vae;

/// <summary>A network that a part of a model has of its own.</summary>
/// <param name="Name">By which the part runs it and its tensors are stored, within the part.</param>
/// <param name="Path">Where it stands in the part's spec.</param>
/// <param name="Network">Its layers and head.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it must give.</param>
/// <param name="HasHead">Whether the head follows the layers; else they give what is asked by themselves.</param>
public sealed partial record PartNetwork(string Name, string Path, Network Network, Shape Input, Shape Output, bool HasHead = true);
