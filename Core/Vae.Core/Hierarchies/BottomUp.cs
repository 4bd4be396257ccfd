namespace Vae;

public abstract partial record Hierarchy
{
    /// <summary>
    /// Bottom-up inference: q(z₁|x) Π q(zₗ|zₗ₋₁) upwards, against p(z_L) Π p(zₗ₋₁|zₗ) downwards, and p(x|z₁); Rezende et al. 2014, Burda
    /// et al. 2016. The encoder outputs μ and ln σ² of z₁.
    /// </summary>
    /// <param name="First">The shape of z₁.</param>
    /// <param name="Above">The stochastic layers above it, from the bottom up; empty for a single layer.</param>
    public sealed partial record BottomUp(Shape First, ValueList<BottomUpLayer> Above) : Hierarchy
    {
        internal override string Name => "hierarchical";

        internal override ValueList<Shape> Latents => [First, .. Above.Select(level => level.Latent)];

        internal override Shape EncoderOutput => Moments(First);

        internal override Shape DecoderInput => Shape.Vector(Hierarchies.Bounded(First.Size));

        internal override bool SharesPrior => false;

        internal override ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Above.Select((level, i) =>
            new PartNetwork($"up.{i + 2}", $"above[{i}].up", level.Up, Latents[i], Moments(level.Latent))));

        internal override ValueList<PartNetwork> PriorNetworks => ValueList.From(Above.Select((level, i) =>
            new PartNetwork($"down.{i + 1}", $"above[{i}].down", level.Down, level.Latent, Moments(Latents[i]))));

        internal override ValueList<(string Path, Network Network)> Networks => ValueList.From(Above.SelectMany((level, i) =>
            ValueList.From([($"above[{i}].up", level.Up), ($"above[{i}].down", level.Down)])));

        internal override ValueList<Problem> Problems(string path) =>
            Sizes(path, [("first", First), .. Above.Select((level, i) => ($"above[{i}].latent", level.Latent))]);

        internal override HierarchyPass<T> Infer<T>(PartState<T> q, T outputs, Func<int, T, T> take)
        {
            var shapes = Latents;
            T[] z = new T[shapes.Count], given = new T[shapes.Count];
            for (var level = 0; level < z.Length; level++)
            {
                given[level] = Flat(level == 0 ? outputs : Run(q, $"up.{level + 1}", z[level - 1], shapes[level - 1]));
                z[level] = take(level, given[level]);
            }
            return new(z, given, [], null);
        }

        internal override HierarchyPass<T> Generate<T>(PartState<T> p, Func<int, T?, T> take)
        {
            var shapes = Latents;
            T[] z = new T[shapes.Count], given = new T[shapes.Count - 1];
            z[^1] = take(shapes.Count - 1, null);
            for (var level = given.Length - 1; level >= 0; level--)
            {
                given[level] = Flat(Run(p, $"down.{level + 1}", z[level + 1], shapes[level + 1]));
                z[level] = take(level, given[level]);
            }
            return new(z, [], given, null);
        }
    }
}

/// <summary>A stochastic layer of a <see cref="Hierarchy.BottomUp"/> hierarchy above the first.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Up">Maps z of the layer below to μ and ln σ² of q(z|z below), as channels.</param>
/// <param name="Down">Maps z to μ and ln σ² of p(z below|z), as channels.</param>
public sealed partial record BottomUpLayer(Shape Latent, Network Up, Network Down);

public static partial class Hierarchies
{
    /// <summary>Inference from the bottom up and generation from the top down; Rezende et al. 2014.</summary>
    /// <param name="first">The shape of z₁.</param>
    /// <param name="above">The stochastic layers above it, from the bottom up.</param>
    public static Hierarchy BottomUp(Shape first, ValueList<BottomUpLayer> above) => new Hierarchy.BottomUp(first, above);
}
