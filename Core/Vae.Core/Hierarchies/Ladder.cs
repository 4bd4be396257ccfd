namespace Vae;

public abstract partial record Hierarchy
{
    /// <summary>
    /// Inference and generation both from the top down: p(z_L) Π p(zₗ₋₁|zₗ) and p(x|z₁), and q(zₗ|zₗ₊₁, x), the precision-weighted
    /// product of p(zₗ|zₗ₊₁) and of a bottom-up estimate from x; Sønderby et al. 2016, eq. 12 and 17–19. The encoder outputs μ̂ and ln
    /// σ̂² of z₁ and the features for the layer above, as channels in this order.
    /// </summary>
    /// <param name="First">The shape of z₁.</param>
    /// <param name="Above">The stochastic layers above it, from the bottom up; empty for a single layer.</param>
    public sealed partial record Ladder(Shape First, ValueList<LadderLayer> Above) : Hierarchy
    {
        internal override string Name => "ladder";

        internal override ValueList<Shape> Latents => [First, .. Above.Select(level => level.Latent)];

        internal override Shape EncoderOutput => Moments(First, Handed(0));

        internal override Shape DecoderInput => Shape.Vector(Hierarchies.Bounded(First.Size));

        internal override bool SharesPrior => Above.Count > 0;

        internal override ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Above.Select((level, i) => new PartNetwork(
            $"up.{i + 2}", $"above[{i}].up", level.Up, Latents[i].WithChannels(level.Features), Moments(level.Latent, Handed(i + 1)))));

        // p is the same as with bottom-up inference.
        internal override ValueList<PartNetwork> PriorNetworks => Downwards.PriorNetworks;

        internal override ValueList<(string Path, Network Network)> Networks => ValueList.From(Above.SelectMany((level, i) =>
            ValueList.From([($"above[{i}].up", level.Up), ($"above[{i}].down", level.Down)])));

        internal override ValueList<Problem> Problems(string path) => [
            .. Downwards.Problems(path),
            .. Above.SelectMany((level, i) => Rules.Size($"{path}.above[{i}].features", level.Features))];

        internal override HierarchyPass<T> Infer<T>(PartState<T> q, T outputs, Func<int, T, T> take)
        {
            var (upwards, p, shapes) = (Upwards(q, outputs), q.Within(PosteriorStates.Prior), Latents);
            T[] z = new T[shapes.Count], given = new T[shapes.Count], prior = new T[shapes.Count - 1];
            for (var level = z.Length - 1; level >= 0; level--)
            {
                given[level] = upwards[level];
                if (level < prior.Length)
                {
                    prior[level] = Flat(Run(p, $"down.{level + 1}", z[level + 1], shapes[level + 1]));
                    given[level] = Normals.Product(upwards[level], prior[level]);
                }
                z[level] = take(level, given[level]);
            }
            return new(z, given, prior, null);
        }

        internal override HierarchyPass<T> Generate<T>(PartState<T> p, Func<int, T?, T> take) => Downwards.Generate(p, take);

        private BottomUp Downwards =>
            new(First, ValueList.From(Above.Select(level => new BottomUpLayer(level.Latent, level.Up, level.Down))));

        // The bottom-up estimates from x: μ̂ and ln σ̂² of each stochastic layer.
        private T[] Upwards<T>(PartState<T> q, T outputs) where T : struct, ITensor<T>
        {
            var shapes = Latents;
            var own = new T[shapes.Count];
            var given = Shaped(outputs, EncoderOutput);
            for (var level = 0; level < own.Length; level++)
            {
                var kept = 2 * shapes[level].Channels;
                own[level] = Flat(T.Slice(given, 1, 0, kept));
                if (level + 1 < own.Length)
                    given = q.Run($"up.{level + 2}", T.Slice(given, 1, kept, Handed(level)));
            }
            return own;
        }

        private int Handed(int level) => level < Above.Count ? Above[level].Features : 0;
    }
}

/// <summary>A stochastic layer of a <see cref="Hierarchy.Ladder"/> above the first.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Features">Number of channels, or of values of a vector, that the layer below passes up; ≥ 1.</param>
/// <param name="Up">
/// Maps those features to μ̂ and ln σ̂² of z and, if there is a layer above, to the features for it, as channels.
/// </param>
/// <param name="Down">Maps z to μ and ln σ² of p(z below|z), as channels.</param>
public sealed partial record LadderLayer(Shape Latent, int Features, Network Up, Network Down);

public static partial class Hierarchies
{
    /// <summary>Inference and generation both from the top down, with q combined by precision; Sønderby et al. 2016.</summary>
    /// <param name="first">The shape of z₁.</param>
    /// <param name="above">The stochastic layers above it, from the bottom up.</param>
    public static Hierarchy Ladder(Shape first, ValueList<LadderLayer> above) => new Hierarchy.Ladder(first, above);
}
