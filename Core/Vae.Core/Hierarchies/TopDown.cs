namespace Vae;

/// <summary>What <see cref="Hierarchy.TopDown"/> means.</summary>
internal sealed record TopDownLevels(Hierarchy.TopDown Of) : ILevels
{
    private const string Start = "start";

    public string Name => "top-down";

    public ValueList<Shape> Latents => ValueList.From(Stages.Select(stage => stage.Latent));

    public Shape EncoderOutput => Of.Features;

    // Where a block does not fit, that is said of it.
    public Shape DecoderInput => States() is var states && states.Length > Stages.Count ? states[^1] : Of.Start;

    public bool SharesPrior => true;

    public ValueList<Parameter> PriorTensors => [new(Start, Of.Start, new(0, 0), true)];

    public ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Enumerable.Range(0, Stages.Count).SelectMany(level =>
    {
        var (features, states) = (Features(), States());
        var (stage, at) = (Stages[level], Stages.Count - 1 - level);
        return ValueList.From([
            .. stage.Up.Count == 0 || level >= features.Length ? ValueList.From<PartNetwork>([]) : [Only($"up.{level + 1}", $"{Path(level)}.up", stage.Up, features[level])],
            .. level + 1 >= features.Length || at >= states.Length ? ValueList.From<PartNetwork>([]) : [
                new($"infer.{level + 1}", $"{Path(level)}.posterior", stage.Posterior, Joined(states[at], features[level + 1]), ILevels.Moments(stage.Latent))]]);
    }));

    public ValueList<PartNetwork> PriorNetworks => ValueList.From(States().Take(Stages.Count).SelectMany((state, i) =>
    {
        var level = Stages.Count - 1 - i;
        var stage = Stages[level];
        return ValueList.From<PartNetwork>([
            .. level == Of.Lower.Count ? ValueList.From<PartNetwork>([]) : [
                new($"prior.{level + 1}", $"lower[{level}].prior", Of.Lower[level].Prior, state, ILevels.Moments(stage.Latent))],
            new($"project.{level + 1}", $"{Path(level)}.project", stage.Project, stage.Latent, state),
            .. stage.Block.Count == 0 ? ValueList.From<PartNetwork>([]) : [Only($"block.{level + 1}", $"{Path(level)}.block", stage.Block, state)]]);
    }));

    public ValueList<Problem> Problems(string path)
    {
        ValueList<Problem> sizes = [
            .. Rules.Shape($"{path}.features", Of.Features), .. Rules.Shape($"{path}.start", Of.Start),
            .. ILevels.Sizes(path, ValueList.From(Stages.Select((stage, level) => ($"{Path(level)}.latent", stage.Latent))))];
        if (sizes.Count > 0)
            return sizes;
        var (features, states) = (Features(), States());
        return ValueList.From(Enumerable.Range(0, Stages.Count).Where(level => level + 1 < features.Length && Stages.Count - 1 - level < states.Length).SelectMany(level =>
        {
            var (state, given) = (states[Stages.Count - 1 - level], features[level + 1]);
            return Rules.If(!state.Dims.Skip(1).SequenceEqual(given.Dims.Skip(1)), $"{path}.{Path(level)}.posterior",
                $"needs features of the height and width of the state {state}", given);
        }));
    }

    public LevelPass<T> Posterior<T>(PartState<T> q, T outputs, Func<int, T, T> take) where T : struct, ITensor<T>
    {
        var (features, p) = (Upwards(q, outputs), q.Within(PosteriorStates.Prior));
        T[] z = new T[Stages.Count], given = new T[Stages.Count], prior = new T[Of.Lower.Count];
        var h = Row(p, outputs);
        for (var level = z.Length - 1; level >= 0; level--)
        {
            if (level < prior.Length)
                prior[level] = ILevels.Flat(p.Run($"prior.{level + 1}", h));
            given[level] = ILevels.Flat(q.Run($"infer.{level + 1}", T.Concat(h, features[level], 1)));
            z[level] = take(level, given[level]);
            h = Next(p, level, h, z[level]);
        }
        return new(z, given, prior, h);
    }

    public LevelPass<T> Prior<T>(PartState<T> p, Func<int, T?, T> take) where T : struct, ITensor<T>
    {
        T[] z = new T[Stages.Count], prior = new T[Of.Lower.Count];
        z[^1] = take(Of.Lower.Count, null);
        var h = Row(p, z[^1]);
        for (var level = z.Length - 1; level >= 0; level--)
        {
            if (level < prior.Length)
            {
                prior[level] = ILevels.Flat(p.Run($"prior.{level + 1}", h));
                z[level] = take(level, prior[level]);
            }
            h = Next(p, level, h, z[level]);
        }
        return new(z, [], prior, h);
    }

    public T ForDecoder<T>(T[] z, Func<LevelPass<T>> pass) where T : struct, ITensor<T> => pass().State!.Value;

    private ValueList<TopDownStage> Stages => [.. Of.Lower.Select(level => level.Stage), Of.Top];

    private string Path(int level) => level < Of.Lower.Count ? $"lower[{level}].stage" : "top";

    private T Next<T>(PartState<T> p, int level, T h, T z) where T : struct, ITensor<T>
    {
        h += ILevels.Run(p, $"project.{level + 1}", z, Stages[level].Latent);
        return Stages[level].Block.Count == 0 ? h : p.Run($"block.{level + 1}", h);
    }

    // The features of each level.
    private T[] Upwards<T>(PartState<T> q, T outputs) where T : struct, ITensor<T>
    {
        var all = new T[Stages.Count];
        var given = ILevels.Shaped(outputs, Of.Features);
        for (var level = 0; level < all.Length; level++)
            all[level] = given = Stages[level].Up.Count == 0 ? given : q.Run($"up.{level + 1}", given);
        return all;
    }

    // The start once for each row.
    private static T Row<T>(PartState<T> p, T like) where T : struct, ITensor<T>
    {
        var (start, rows) = (p[Start], like.Dims[0]);
        return T.Reshape(start, [1, .. start.Dims]) + T.Constant(like, new double[rows], [rows, .. start.Dims.Select(_ => 1)]);
    }

    private static Shape Joined(Shape state, Shape features) => state.WithChannels(Hierarchies.Bounded((long)state.Channels + features.Channels));

    private static PartNetwork Only(string name, string path, ValueList<Layer> layers, Shape input) =>
        new(name, path, new(layers, Heads.Dense), input, Shapes.Of(layers, input).Match(shape => shape, _ => input), HasHead: false);

    // The features before and after each level, as far as the layers fit.
    private Shape[] Features() => Along(Of.Features, Stages.Select(stage => stage.Up));

    // The state at each level from the top down, and the decoder's, as far as the blocks fit.
    private Shape[] States() => Along(Of.Start, Stages.Reverse().Select(stage => stage.Block));

    private static Shape[] Along(Shape start, IEnumerable<ValueList<Layer>> rows)
    {
        var shapes = new List<Shape> { start };
        foreach (var layers in rows)
        {
            var next = Shapes.Of(layers, shapes[^1]).Match(shape => [shape], _ => ValueList.From<Shape>([]));
            if (next.Count == 0)
                break;
            shapes.Add(next[0]);
        }
        return [.. shapes];
    }
}
