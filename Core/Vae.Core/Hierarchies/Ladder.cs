namespace Vae;

/// <summary>What <see cref="Hierarchy.Ladder"/> means.</summary>
internal sealed record LadderLevels(Hierarchy.Ladder Of) : ILevels
{
    public string Name => "ladder";

    public ValueList<Shape> Latents => [Of.First, .. Of.Above.Select(level => level.Latent)];

    public Shape EncoderOutput => ILevels.Moments(Of.First, Handed(0));

    public Shape DecoderInput => Shape.Vector(Hierarchies.Bounded(Of.First.Size));

    public bool SharesPrior => Of.Above.Count > 0;

    public ValueList<PartNetwork> PosteriorNetworks => ValueList.From(Of.Above.Select((level, i) => new PartNetwork(
        $"up.{i + 2}", $"above[{i}].up", level.Up, Latents[i].WithChannels(level.Features), ILevels.Moments(level.Latent, Handed(i + 1)))));

    // p is that of a plain hierarchy.
    public ValueList<PartNetwork> PriorNetworks => Downwards.PriorNetworks;

    public ValueList<Problem> Problems(string path) => [
        .. Downwards.Problems(path),
        .. Of.Above.SelectMany((level, i) => Rules.Size($"{path}.above[{i}].features", level.Features))];

    public LevelPass<T> Posterior<T>(PartState<T> q, T outputs, Func<int, T, T> take) where T : struct, ITensor<T>
    {
        var (upwards, p, shapes) = (Upwards(q, outputs), q.Within(PosteriorStates.Prior), Latents);
        T[] z = new T[shapes.Count], given = new T[shapes.Count], prior = new T[shapes.Count - 1];
        for (var level = z.Length - 1; level >= 0; level--)
        {
            given[level] = upwards[level];
            if (level < prior.Length)
            {
                prior[level] = ILevels.Flat(ILevels.Run(p, $"down.{level + 1}", z[level + 1], shapes[level + 1]));
                given[level] = Normals.Product(upwards[level], prior[level]);
            }
            z[level] = take(level, given[level]);
        }
        return new(z, given, prior, null);
    }

    public LevelPass<T> Prior<T>(PartState<T> p, Func<int, T?, T> take) where T : struct, ITensor<T> => Downwards.Prior(p, take);

    private PlainLevels Downwards => new(new(Of.First, ValueList.From(Of.Above.Select(level => new PlainLevel(level.Latent, level.Up, level.Down)))));

    // What comes up from x: μ̂ and ln σ̂² of each level.
    private T[] Upwards<T>(PartState<T> q, T outputs) where T : struct, ITensor<T>
    {
        var shapes = Latents;
        var own = new T[shapes.Count];
        var given = ILevels.Shaped(outputs, EncoderOutput);
        for (var level = 0; level < own.Length; level++)
        {
            var kept = 2 * shapes[level].Channels;
            own[level] = ILevels.Flat(T.Slice(given, 1, 0, kept));
            if (level + 1 < own.Length)
                given = q.Run($"up.{level + 2}", T.Slice(given, 1, kept, Handed(level)));
        }
        return own;
    }

    private int Handed(int level) => level < Of.Above.Count ? Of.Above[level].Features : 0;
}
