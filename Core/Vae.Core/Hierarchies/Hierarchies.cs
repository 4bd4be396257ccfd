namespace Vae;

/// <summary>Hierarchies by name, and their properties as functions.</summary>
public static partial class Hierarchies
{
    /// <summary>The shapes of z₁ … z_L.</summary>
    public static ValueList<Shape> Latents(Hierarchy hierarchy) => hierarchy.Latents;

    /// <summary>The length of z = (z₁ … z_L), or 2³¹ − 1 if it is greater.</summary>
    public static int Latent(Hierarchy hierarchy) => hierarchy.LatentSize;

    /// <summary>The name that tables and pictures show.</summary>
    public static string Name(Hierarchy hierarchy) => hierarchy.Name;

    internal static int Bounded(Int128 size) => (int)Int128.Min(size, int.MaxValue);
}
