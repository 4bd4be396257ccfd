namespace Vae;

/// <summary>Where a flow takes a point, and by how much it spreads what is near it.</summary>
/// <param name="Z">[B, D].</param>
/// <param name="LogDeterminant">ln |det| of the Jacobian of the map at the point, [B].</param>
public readonly record struct FlowStep<T>(T Z, T LogDeterminant) where T : struct, ITensor<T>;
