namespace Vae;

/// <summary>The distribution of a parameter's values before training.</summary>
/// <param name="Bound">The half-width of a uniform distribution around <paramref name="Centre"/>; 0 for a constant.</param>
/// <param name="Centre">The mean.</param>
public sealed partial record Initial(double Bound, double Centre);

/// <summary>A named tensor of a model.</summary>
/// <param name="Name">The name, as in <c>encoder.1.weight</c>.</param>
/// <param name="Shape">The dimensions: linear [out, in], conv2d [out, in, k, k], convTranspose2d [in, out, k, k], else [n].</param>
/// <param name="Initial">The values before training.</param>
/// <param name="Trained">False for running statistics.</param>
public sealed partial record Parameter(string Name, Shape Shape, Initial Initial, bool Trained);
