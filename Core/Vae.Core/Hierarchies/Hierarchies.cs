namespace Vae;

/// <summary>Hierarchies by name, and their properties as functions.</summary>
public static partial class Hierarchies
{
    /// <summary>The shapes of z₁ … z_L.</summary>
    /// <param name="hierarchy">The hierarchy.</param>
    public static ValueList<Shape> Latents(Hierarchy hierarchy) => hierarchy.Latents;

    /// <summary>The length of z = (z₁ … z_L), or 2³¹ − 1 if it is greater.</summary>
    /// <param name="hierarchy">The hierarchy.</param>
    public static int Latent(Hierarchy hierarchy) => hierarchy.LatentSize;

    /// <summary>The name in tables and pictures.</summary>
    /// <param name="hierarchy">The hierarchy.</param>
    public static string Name(Hierarchy hierarchy) => hierarchy.Name;

    internal static int Bounded(Int128 size) => (int)Int128.Min(size, int.MaxValue);
}
