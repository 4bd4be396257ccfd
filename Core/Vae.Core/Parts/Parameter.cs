namespace Vae;

/// <summary>Where a parameter starts before training.</summary>
/// <param name="Bound">The half-width of a uniform distribution around <paramref name="Centre"/>; 0 for a constant.</param>
/// <param name="Centre">The middle.</param>
public sealed partial record Initial(double Bound, double Centre);

/// <summary>A named tensor of a model.</summary>
/// <param name="Name">As in <c>encoder.1.weight</c>.</param>
/// <param name="Shape">Its dimensions: linear [out, in], conv2d [out, in, k, k], convTranspose2d [in, out, k, k], else [n].</param>
/// <param name="Initial">Where it starts.</param>
/// <param name="Trained">False for running statistics.</param>
public sealed partial record Parameter(string Name, Shape Shape, Initial Initial, bool Trained);
