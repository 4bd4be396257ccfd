namespace Vae;

/// <summary>Hierarchies of latents by name, and what is known of each.</summary>
public static class Hierarchies
{
    /// <summary>q upwards, p downwards; Rezende et al. 2014.</summary>
    public static Hierarchy Plain(Shape first, ValueList<PlainLevel> above) => new Hierarchy.Plain(first, above);

    /// <summary>q and p downwards, joined by precision; Sønderby et al. 2016.</summary>
    public static Hierarchy Ladder(Shape first, ValueList<LadderLevel> above) => new Hierarchy.Ladder(first, above);

    /// <summary>A state that runs down to the decoder; Child 2021.</summary>
    public static Hierarchy TopDown(Shape features, Shape start, ValueList<TopDownLevel> lower, TopDownStage top) => new Hierarchy.TopDown(features, start, lower, top);

    /// <summary>The shapes of z₁ … z_L.</summary>
    public static ValueList<Shape> Latents(Hierarchy hierarchy) => Meaning(hierarchy).Latents;

    /// <summary>The length of z = (z₁ … z_L), or 2³¹ − 1 where it is greater.</summary>
    public static int Latent(Hierarchy hierarchy) => Bounded(Latents(hierarchy).Sum(shape => Int128.Min(shape.Size, int.MaxValue)));

    /// <summary>Its name for people.</summary>
    public static string Name(Hierarchy hierarchy) => Meaning(hierarchy).Name;

    internal static ILevels Meaning(Hierarchy hierarchy) => hierarchy.Match<ILevels>(
        plain: p => new PlainLevels(p), ladder: l => new LadderLevels(l), topDown: t => new TopDownLevels(t));

    internal static int Bounded(Int128 size) => (int)Int128.Min(size, int.MaxValue);

    private static Int128 Sum(this ValueList<Shape> shapes, Func<Shape, Int128> size) => shapes.Aggregate(Int128.Zero, (sum, shape) => sum + size(shape));
}
