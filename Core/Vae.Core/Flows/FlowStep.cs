namespace Vae;

/// <summary>The image of a point under a flow, and the local change of volume.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="Z">The image, [B, D].</param>
/// <param name="LogDeterminant">ln |det| of the Jacobian at the point, [B].</param>
public readonly record struct FlowStep<T>(T Z, T LogDeterminant) where T : struct, ITensor<T>;
