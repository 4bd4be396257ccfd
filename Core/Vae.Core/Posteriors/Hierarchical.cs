namespace Vae;

/// <summary>What <see cref="Posterior.Hierarchical"/> means.</summary>
internal sealed record HierarchicalPosterior(Hierarchy Hierarchy) : IPosterior
{
    private const string PassOfQ = "pass of q";

    public string Name => Levels.Title;

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => Levels.EncoderOutput.Size;

    public Shape EncoderOutput(int latent) => Levels.EncoderOutput;

    // Below the top they are those given the means of the levels that they depend on.
    public bool HasMoments => Levels.Latents.Count == 1;

    public bool SharesPrior => Levels.SharesPrior;

    public ValueList<PartNetwork> Networks(int latent) => ValueList.From(Levels.PosteriorNetworks.Select(network => network.With(path: $"levels.{network.Path}")));

    public ValueList<Problem> Problems(int latent, string path)
    {
        ValueList<Problem> own = [
            .. Levels.Problems($"{path}.levels"),
            .. HierarchyNetworks.Layers(Hierarchy).SelectMany(row => Layers.Problems($"{path}.levels.{row.Path}", row.Layers)),
            .. HierarchyNetworks.Networks(Hierarchy).SelectMany(network => network.Network.Head.Problems($"{path}.levels.{network.Path}.head"))];
        return own.Count > 0 ? own
            : Rules.If(Hierarchies.Latent(Hierarchy) != latent, $"{path}.levels", $"must have latents of {latent} values together, as the model's latent says", Hierarchies.Latent(Hierarchy));
    }

    /// <summary>The mean of each level given those of the levels that it depends on.</summary>
    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        LevelBlocks.Join(Levels.Posterior(state, outputs, (_, given) => Normals.Mu(given)).Z);

    /// <summary>That of each level given the means of the levels that it depends on.</summary>
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        LevelBlocks.Join([.. Levels.Posterior(state, outputs, (_, given) => Normals.Mu(given)).Q.Select(Normals.LogVar)]);

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        var eps = LevelBlocks.Of(noise, Levels.Latents);
        var pass = Levels.Posterior(state, outputs, (level, given) => Reparameterizations.Normal(Normals.Mu(given), Normals.LogVar(given), eps[level]));
        var z = LevelBlocks.Join(pass.Z);
        // Who asks about the draw finds the pass that made it; where q goes through p, p's too.
        _ = state.Once(PassOfQ, z, () => pass);
        if (SharesPrior)
            _ = state.Once(HierarchicalPrior.PassOfP, z, () => pass);
        return new(z, Densities(pass).Aggregate((sum, next) => sum + next));
    }

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> =>
        Densities(At(state, outputs, z)).Aggregate((sum, next) => sum + next);

    /// <summary>ln q of each level given those that it depends on, [B, L]; nats.</summary>
    public T LogDensityPerLevel<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => LevelBlocks.Columns(Densities(At(state, outputs, z)));

    // Downwards, each level's q and p are given the same.
    public T? KlPerLatentAt<T>(PartState<T> state, T outputs, T z, PriorForm<T> prior) where T : struct, ITensor<T>
    {
        if (!Levels.SharesPrior && Levels.Latents.Count > 1 || prior is { Normal: null, IsStandard: false })
            return null;
        var (pass, top) = (At(state, outputs, z), new DiagonalNormalPosterior());
        T[] each = [.. pass.Q.Select((q, level) => level < pass.P.Length
            ? Normals.KlPerValue(Normals.Mu(q), Normals.LogVar(q), Normals.Mu(pass.P[level]), Normals.LogVar(pass.P[level]))
            : top.KlPerLatent(state, q, prior)!.Value)];
        return LevelBlocks.Join(each);
    }

    private ILevels Levels => Hierarchies.Meaning(Hierarchy);

    private LevelPass<T> At<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T>
    {
        var blocks = LevelBlocks.Of(z, Levels.Latents);
        return state.Once(PassOfQ, z, () => Levels.Posterior(state, outputs, (level, _) => blocks[level]));
    }

    private static T[] Densities<T>(LevelPass<T> pass) where T : struct, ITensor<T> =>
        [.. pass.Z.Zip(pass.Q, (z, q) => Normals.LogDensity(z, Normals.Mu(q), Normals.LogVar(q)))];
}
