namespace Vae;

/// <summary>The image of a point under a flow, and by how much the flow expands volume there.</summary>
/// <param name="Z">[B, D].</param>
/// <param name="LogDeterminant">ln |det| of the Jacobian of the map at the point, [B].</param>
public readonly record struct FlowStep<T>(T Z, T LogDeterminant) where T : struct, ITensor<T>;
