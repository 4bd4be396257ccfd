namespace Vae;

/// <summary>What <see cref="Hierarchy.Plain"/> means.</summary>
internal sealed record PlainLevels(Hierarchy.Plain Of) : ILevels
{
    public string Name => "hierarchical";

    public ValueList<Shape> Latents => [Of.First, .. Of.Above.Select(level => level.Latent)];

    public Shape EncoderOutput => ILevels.Moments(Of.First);

    public Shape DecoderInput => Shape.Vector(Hierarchies.Bounded(Of.First.Size));

    public bool SharesPrior => false;

    public ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Of.Above.Select((level, i) =>
        new PartNetwork($"up.{i + 2}", $"above[{i}].up", level.Up, Latents[i], ILevels.Moments(level.Latent))));

    public ValueList<PartNetwork> PriorNetworks => ValueList.From(Of.Above.Select((level, i) =>
        new PartNetwork($"down.{i + 1}", $"above[{i}].down", level.Down, level.Latent, ILevels.Moments(Latents[i]))));

    public ValueList<Problem> Problems(string path) =>
        ILevels.Sizes(path, [("first", Of.First), .. Of.Above.Select((level, i) => ($"above[{i}].latent", level.Latent))]);

    public LevelPass<T> Posterior<T>(PartState<T> q, T outputs, Func<int, T, T> take) where T : struct, ITensor<T>
    {
        var shapes = Latents;
        T[] z = new T[shapes.Count], given = new T[shapes.Count];
        for (var level = 0; level < z.Length; level++)
        {
            given[level] = ILevels.Flat(level == 0 ? outputs : ILevels.Run(q, $"up.{level + 1}", z[level - 1], shapes[level - 1]));
            z[level] = take(level, given[level]);
        }
        return new(z, given, [], null);
    }

    public LevelPass<T> Prior<T>(PartState<T> p, Func<int, T?, T> take) where T : struct, ITensor<T>
    {
        var shapes = Latents;
        T[] z = new T[shapes.Count], given = new T[shapes.Count - 1];
        z[^1] = take(shapes.Count - 1, null);
        for (var level = given.Length - 1; level >= 0; level--)
        {
            given[level] = ILevels.Flat(ILevels.Run(p, $"down.{level + 1}", z[level + 1], shapes[level + 1]));
            z[level] = take(level, given[level]);
        }
        return new(z, [], given, null);
    }
}
