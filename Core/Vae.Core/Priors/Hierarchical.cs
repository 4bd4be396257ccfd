namespace Vae;

/// <summary>What <see cref="Prior.Hierarchical"/> means.</summary>
internal sealed record HierarchicalPrior(Hierarchy Hierarchy, Prior Top) : IPrior
{
    /// <summary>Under which a pass of p at a draw is kept.</summary>
    internal const string PassOfP = "pass of p";

    private const string TopName = "top";

    public string Name => $"{Levels.Title}, the top one {OfTop.Name}";

    public IPrior With(ValueList<double> settings) => this;

    public int Noise(int latent) => latent - TopSize + OfTop.Noise(TopSize);

    public ValueList<Parameter> Learned(int latent, Shape input) => [
        .. Levels.PriorTensors, .. OfTop.Learned(TopSize, input).Select(parameter => parameter.With(name: $"{TopName}.{parameter.Name}"))];

    public ValueList<PartNetwork> Networks(int latent) => ValueList.From(Levels.PriorNetworks.Select(network => network.With(path: $"levels.{network.Path}")));

    // What is wrong with the levels is said of the posterior, which has the same.
    public ValueList<Problem> Problems(int latent, string path) => [
        .. Rules.If(Top is Prior.Vamp or Prior.Conditional or Prior.Hierarchical or Prior.Custom || !OfTop.Supports(Supports.Reals), $"{path}.{TopName}",
            "must be a distribution of real numbers that is made of nothing but numbers of its own: standard or learned normal, a mixture, or flows", OfTop.Name),
        .. OfTop.Problems(TopSize, $"{path}.{TopName}")];

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => Densities(state, z).Aggregate((sum, next) => sum + next);

    /// <summary>ln p of each level given those above it, [B, L]; nats.</summary>
    public T LogDensityPerLevel<T>(PartState<T> state, T z) where T : struct, ITensor<T> => LevelBlocks.Columns(Densities(state, z));

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>
    {
        var size = noise.Dims[1] - OfTop.Noise(TopSize);
        var eps = LevelBlocks.Of(noise, ValueList.From(Levels.Latents.SkipLast(1)));
        var top = OfTop.Sample(state.Within(TopName), T.Slice(noise, 1, size, noise.Dims[1] - size));
        return LevelBlocks.Join(Levels.Prior(state, (level, given) => given is { } p
            ? Reparameterizations.Normal(Normals.Mu(p), Normals.LogVar(p), eps[level]) : top).Z);
    }

    /// <summary>That of the top level, the only one that is compared with no network of its own.</summary>
    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => OfTop.Form(state.Within(TopName));

    public Shape DecoderInput(int latent) => Levels.DecoderInput;

    public T ForDecoder<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        Levels.ForDecoder(LevelBlocks.Of(z, Levels.Latents), () => At(state, z));

    private ILevels Levels => Hierarchies.Meaning(Hierarchy);

    private IPrior OfTop => Priors.Meaning(Top);

    private int TopSize => Hierarchies.Bounded(Levels.Latents[^1].Size);

    private LevelPass<T> At<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var blocks = LevelBlocks.Of(z, Levels.Latents);
        return state.Once(PassOfP, z, () => Levels.Prior(state, (level, _) => blocks[level]));
    }

    private T[] Densities<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var pass = At(state, z);
        return [.. pass.P.Select((p, level) => Normals.LogDensity(pass.Z[level], Normals.Mu(p), Normals.LogVar(p))), OfTop.LogDensity(state.Within(TopName), pass.Z[^1])];
    }
}
