namespace Vae;

/// <summary>A network that belongs to a component of a model.</summary>
/// <param name="Name">Its name within the component, by which the component runs it and its tensors are stored.</param>
/// <param name="Path">Its path in the component's spec.</param>
/// <param name="Network">Its layers and head.</param>
/// <param name="Input">The shape of its input.</param>
/// <param name="Output">The required shape of its output.</param>
/// <param name="HasHead">Whether the head follows the layers; if not, the layers must produce the output shape.</param>
public sealed partial record PartNetwork(string Name, string Path, Network Network, Shape Input, Shape Output, bool HasHead = true);
