namespace Vae;

public abstract partial record Hierarchy
{
    /// <summary>
    /// A state h runs from a learned start down to the decoder, and each stochastic layer adds a projection of its z to it: p(zₗ|z above)
    /// is computed from h, q(zₗ|z above, x) from h and features of x, and p(x|h) by the decoder; Child 2021. The encoder outputs
    /// features.
    /// </summary>
    /// <param name="Features">The shape of the encoder's features.</param>
    /// <param name="Start">The shape of h at the top.</param>
    /// <param name="Lower">The stochastic layers below the top, z₁ first; empty for a single layer.</param>
    /// <param name="Top">The stochastic layer of z_L.</param>
    public sealed partial record TopDown(Shape Features, Shape Start, ValueList<TopDownLayer> Lower, TopDownStage Top) : Hierarchy
    {
        private const string StartName = "start";

        internal override string Name => "top-down";

        internal override ValueList<Shape> Latents => ValueList.From(Stages.Select(stage => stage.Latent));

        internal override Shape EncoderOutput => Features;

        // If a block does not fit, its own problem is reported instead.
        internal override Shape DecoderInput => StateShapes() is var states && states.Length > Stages.Count ? states[^1] : Start;

        internal override bool SharesPrior => true;

        internal override ValueList<Parameter> PriorTensors => [new(StartName, Start, new(0, 0), true)];

        internal override ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Enumerable.Range(0, Stages.Count).SelectMany(level =>
        {
            var (features, states) = (FeatureShapes(), StateShapes());
            var (stage, at) = (Stages[level], Stages.Count - 1 - level);
            return ValueList.From([
                .. stage.Up.Count == 0 || level >= features.Length ? ValueList.From<PartNetwork>([]) : [
                    Only($"up.{level + 1}", $"{Path(level)}.up", stage.Up, features[level])],
                .. level + 1 >= features.Length || at >= states.Length ? ValueList.From<PartNetwork>([]) : [
                    new($"infer.{level + 1}", $"{Path(level)}.posterior", stage.Posterior,
                        Joined(states[at], features[level + 1]), Moments(stage.Latent))]]);
        }));

        internal override ValueList<PartNetwork> PriorNetworks => ValueList.From(StateShapes().Take(Stages.Count).SelectMany((state, i) =>
        {
            var level = Stages.Count - 1 - i;
            var stage = Stages[level];
            return ValueList.From<PartNetwork>([
                .. level == Lower.Count ? ValueList.From<PartNetwork>([]) : [
                    new($"prior.{level + 1}", $"lower[{level}].prior", Lower[level].Prior, state, Moments(stage.Latent))],
                new($"project.{level + 1}", $"{Path(level)}.project", stage.Project, stage.Latent, state),
                .. stage.Block.Count == 0 ? ValueList.From<PartNetwork>([]) : [
                    Only($"block.{level + 1}", $"{Path(level)}.block", stage.Block, state)]]);
        }));

        internal override ValueList<(string Path, Network Network)> Networks => [
            .. Lower.Select((level, i) => ($"lower[{i}].prior", level.Prior)),
            .. Stages.SelectMany((stage, level) => ValueList.From(
                [($"{Path(level)}.posterior", stage.Posterior), ($"{Path(level)}.project", stage.Project)]))];

        internal override ValueList<(string Path, ValueList<Layer> Layers)> LayerRows => base.LayerRows.Append(
            Stages.SelectMany((stage, level) => ValueList.From([($"{Path(level)}.up", stage.Up), ($"{Path(level)}.block", stage.Block)])));

        internal override ValueList<Problem> Problems(string path)
        {
            ValueList<Problem> sizes = [
                .. Rules.Shape($"{path}.features", Features), .. Rules.Shape($"{path}.start", Start),
                .. Sizes(path, ValueList.From(Stages.Select((stage, level) => ($"{Path(level)}.latent", stage.Latent))))];
            if (sizes.Count > 0)
                return sizes;
            var (features, states) = (FeatureShapes(), StateShapes());
            var fitting = Enumerable.Range(0, Stages.Count)
                .Where(level => level + 1 < features.Length && Stages.Count - 1 - level < states.Length);
            return ValueList.From(fitting.SelectMany(level =>
            {
                var (state, given) = (states[Stages.Count - 1 - level], features[level + 1]);
                return Rules.If(!state.Dims.Skip(1).SequenceEqual(given.Dims.Skip(1)), $"{path}.{Path(level)}.posterior",
                    $"needs features of the height and width of the state {state}", given);
            }));
        }

        internal override HierarchyPass<T> Infer<T>(PartState<T> q, T outputs, Func<int, T, T> take)
        {
            var (features, p) = (Upwards(q, outputs), q.Within(PosteriorStates.Prior));
            T[] z = new T[Stages.Count], given = new T[Stages.Count], prior = new T[Lower.Count];
            var h = Row(p, outputs);
            for (var level = z.Length - 1; level >= 0; level--)
            {
                if (level < prior.Length)
                    prior[level] = Flat(p.Run($"prior.{level + 1}", h));
                given[level] = Flat(q.Run($"infer.{level + 1}", T.Concat(h, features[level], 1)));
                z[level] = take(level, given[level]);
                h = Next(p, level, h, z[level]);
            }
            return new(z, given, prior, h);
        }

        internal override HierarchyPass<T> Generate<T>(PartState<T> p, Func<int, T?, T> take)
        {
            T[] z = new T[Stages.Count], prior = new T[Lower.Count];
            z[^1] = take(Lower.Count, null);
            var h = Row(p, z[^1]);
            for (var level = z.Length - 1; level >= 0; level--)
            {
                if (level < prior.Length)
                {
                    prior[level] = Flat(p.Run($"prior.{level + 1}", h));
                    z[level] = take(level, prior[level]);
                }
                h = Next(p, level, h, z[level]);
            }
            return new(z, [], prior, h);
        }

        internal override T ForDecoder<T>(T[] z, Func<HierarchyPass<T>> pass) => pass().State!.Value;

        private ValueList<TopDownStage> Stages => [.. Lower.Select(level => level.Stage), Top];

        private string Path(int level) => level < Lower.Count ? $"lower[{level}].stage" : "top";

        private T Next<T>(PartState<T> p, int level, T h, T z) where T : struct, ITensor<T>
        {
            h += Run(p, $"project.{level + 1}", z, Stages[level].Latent);
            return Stages[level].Block.Count == 0 ? h : p.Run($"block.{level + 1}", h);
        }

        // The features of each stochastic layer.
        private T[] Upwards<T>(PartState<T> q, T outputs) where T : struct, ITensor<T>
        {
            var all = new T[Stages.Count];
            var given = Shaped(outputs, Features);
            for (var level = 0; level < all.Length; level++)
                all[level] = given = Stages[level].Up.Count == 0 ? given : q.Run($"up.{level + 1}", given);
            return all;
        }

        // Repeats the start for each row.
        private static T Row<T>(PartState<T> p, T like) where T : struct, ITensor<T>
        {
            var (start, rows) = (p[StartName], like.Dims[0]);
            return T.Reshape(start, [1, .. start.Dims]) + T.Constant(like, new double[rows], [rows, .. start.Dims.Select(_ => 1)]);
        }

        private static Shape Joined(Shape state, Shape features) =>
            state.WithChannels(Hierarchies.Bounded((long)state.Channels + features.Channels));

        private static PartNetwork Only(string name, string path, ValueList<Layer> layers, Shape input) =>
            new(name, path, new(layers, Heads.Dense), input,
                Shapes.Output(layers, input).Match(shape => shape, _ => input), HasHead: false);

        // The features before and after each stochastic layer, up to the first that does not fit.
        private Shape[] FeatureShapes() => Along(Features, Stages.Select(stage => stage.Up));

        // The state at each stochastic layer from the top down, then that of the decoder, up to the first block that does not fit.
        private Shape[] StateShapes() => Along(Start, Stages.Reverse().Select(stage => stage.Block));

        private static Shape[] Along(Shape start, IEnumerable<ValueList<Layer>> rows)
        {
            var shapes = new List<Shape> { start };
            foreach (var layers in rows)
            {
                var next = Shapes.Output(layers, shapes[^1]).Match(shape => [shape], _ => ValueList.From<Shape>([]));
                if (next.Count == 0)
                    break;
                shapes.Add(next[0]);
            }
            return [.. shapes];
        }
    }
}

/// <summary>The networks of every stochastic layer of a <see cref="Hierarchy.TopDown"/>.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Up">Maps the features of the layer below (of the encoder for z₁) to its own; if empty, they are the same.</param>
/// <param name="Posterior">Maps h and the features, joined as channels, to μ and ln σ² of q(z|z above, x), as channels.</param>
/// <param name="Project">Maps z to the summand of h.</param>
/// <param name="Block">Maps that sum to h of the layer below (of the decoder for z₁); if empty, they are the same.</param>
public sealed partial record TopDownStage(Shape Latent, ValueList<Layer> Up, Network Posterior, Network Project, ValueList<Layer> Block);

/// <summary>A stochastic layer of a <see cref="Hierarchy.TopDown"/> below the top.</summary>
/// <param name="Prior">Maps h to μ and ln σ² of p(z|z above), as channels.</param>
/// <param name="Stage">The networks that every stochastic layer has.</param>
public sealed partial record TopDownLayer(Network Prior, TopDownStage Stage);

public static partial class Hierarchies
{
    /// <summary>A state that runs from the top down to the decoder; Child 2021.</summary>
    /// <param name="features">The shape of the encoder's features.</param>
    /// <param name="start">The shape of the state at the top.</param>
    /// <param name="lower">The stochastic layers below the top, z₁ first.</param>
    /// <param name="top">The stochastic layer of z_L.</param>
    public static Hierarchy TopDown(Shape features, Shape start, ValueList<TopDownLayer> lower, TopDownStage top) =>
        new Hierarchy.TopDown(features, start, lower, top);
}
