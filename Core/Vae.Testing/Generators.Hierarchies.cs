using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random hierarchies.</summary>
public static partial class Generators
{
    /// <summary>Hierarchies of one or two stochastic layers.</summary>
    /// <param name="latent">The length D of z; ≥ 1.</param>
    public static Gen<Hierarchy> HierarchyChoice(int latent) =>
        from top in latent == 1 ? Gen.Constant(0) : Gen.Choose(0, latent - 1)
        from below in SmallNetwork
        from above in SmallNetwork
        from features in Gen.Choose(1, 3)
        from states in Gen.Choose(1, 3)
        from chosen in Gen.Elements(
            Hierarchies.BottomUp(Shape.Vector(latent - top), top == 0 ? [] : [new(Shape.Vector(top), above, below)]),
            Hierarchies.Ladder(Shape.Vector(latent - top), top == 0 ? [] : [new(Shape.Vector(top), features, above, below)]),
            top == 0
                ? Hierarchies.TopDown(Shape.Vector(features), Shape.Vector(states), [], Stage(latent, above, []))
                : Hierarchies.TopDown(
                    Shape.Vector(features), Shape.Vector(states), [new(below, Stage(latent - top, below, []))],
                    Stage(top, above, [Layers.Linear(2), Layers.Tanh])))
        select chosen;

    /// <summary>All kinds of hierarchy.</summary>
    public static Arbitrary<Hierarchy> AllHierarchies() => Arb.From(Gen.Choose(1, 8).SelectMany(HierarchyChoice));

    private static TopDownStage Stage(int latent, Network network, ValueList<Layer> layers) =>
        new(Shape.Vector(latent), layers, network, new([], Heads.Dense), layers);

    private static Gen<Network> SmallNetwork { get; } =
        from width in Gen.Choose(1, 5) from function in ActivationChoice(smooth: true)
        select new Network([Layers.Linear(width), Layers.Activate(function)], Heads.Dense);
}
