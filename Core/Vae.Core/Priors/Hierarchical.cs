namespace Vae;

public abstract partial record Prior
{
    /// <summary>p(z_L) Π p(zₗ|z above), for a <see cref="Posterior.Hierarchical"/> posterior of the same hierarchy.</summary>
    /// <param name="Hierarchy">The stochastic layers and their networks.</param>
    /// <param name="Top">p(z_L): standard or learned normal, a mixture, or flows.</param>
    public sealed partial record Hierarchical(Hierarchy Hierarchy, Prior Top) : Prior, IPrior
    {
        private const string TopName = "top";

        string IPart<IPrior>.Name => $"{Hierarchy.Title}, the top one {OfTop.Name}";

        int IPrior.Noise(int latent) => latent - TopSize + OfTop.Noise(TopSize);

        ValueList<Parameter> IPrior.Learned(int latent, Shape input) => [
            .. Hierarchy.PriorTensors,
            .. OfTop.Learned(TopSize, input).Select(parameter => parameter.With(name: $"{TopName}.{parameter.Name}"))];

        ValueList<PartNetwork> IPrior.Networks(int latent) =>
            ValueList.From(Hierarchy.PriorNetworks.Select(network => network.With(path: $"hierarchy.{network.Path}")));

        // Problems of the hierarchy are reported by the posterior, which has the same one.
        ValueList<Problem> IPrior.Problems(int latent, string path) => [
            .. Rules.If(Top is Prior.Vamp or Prior.Conditional or Prior.Hierarchical or Prior.Custom || !OfTop.Supports(Supports.Reals),
                $"{path}.{TopName}",
                "must be a distribution of real numbers without networks or examples: "
                + "standard or learned normal, a mixture, or flows", OfTop.Name),
            .. OfTop.Problems(TopSize, $"{path}.{TopName}")];

        T IPrior.LogDensity<T>(PartState<T> state, T z) => Densities(state, z).Aggregate((sum, next) => sum + next);

        /// <summary>ln p of each stochastic layer given those above it, [B, L]; nats.</summary>
        internal T LogDensityPerLayer<T>(PartState<T> state, T z) where T : struct, ITensor<T> => LatentBlocks.Columns(Densities(state, z));

        T IPrior.Sample<T>(PartState<T> state, T noise)
        {
            var size = noise.Dims[1] - OfTop.Noise(TopSize);
            var top = OfTop.Sample(state.Within(TopName), T.Slice(noise, 1, size, noise.Dims[1] - size));
            return Drawn(state, _ => top, noise, kept: 1);
        }

        /// <summary>
        /// z with the stochastic layers below the top <paramref name="kept"/> drawn again, each from p(zₗ|z above). [B, D] → [B, D];
        /// noise of N(0, 1) for those layers, z₁ first.
        /// </summary>
        internal T Redraw<T>(PartState<T> state, T z, T noise, int kept) where T : struct, ITensor<T>
        {
            var blocks = LatentBlocks.Split(z, Hierarchy.Latents);
            return Drawn(state, level => blocks[level], noise, kept);
        }

        /// <summary>The shapes of the stochastic layers below the top <paramref name="kept"/>.</summary>
        internal ValueList<Shape> RedrawnBelow(int kept) => ValueList.From(Hierarchy.Latents.SkipLast(kept));

        /// <summary>The form of the top layer, the only one whose prior has no network.</summary>
        PriorForm<T> IPrior.Form<T>(PartState<T> state) => OfTop.Form(state.Within(TopName));

        Shape IPrior.DecoderInput(int latent) => Hierarchy.DecoderInput;

        T IPrior.ForDecoder<T>(PartState<T> state, T z) =>
            Hierarchy.ForDecoder(LatentBlocks.Split(z, Hierarchy.Latents), () => At(state, z));

        private T Drawn<T>(PartState<T> state, Func<int, T> given, T noise, int kept) where T : struct, ITensor<T>
        {
            var eps = LatentBlocks.Split(noise, RedrawnBelow(kept));
            return LatentBlocks.Join(Hierarchy.Generate(state, (level, above) => level < eps.Length && above is { } p
                ? Reparameterizations.Normal(Normals.Mu(p), Normals.LogVar(p), eps[level]) : given(level)).Z);
        }

        private IPrior OfTop => Top.Formulas();

        private int TopSize => Hierarchies.Bounded(Hierarchy.Latents[^1].Size);

        private HierarchyPass<T> At<T>(PartState<T> state, T z) where T : struct, ITensor<T>
        {
            var blocks = LatentBlocks.Split(z, Hierarchy.Latents);
            return state.Once(LevelPasses.Generative, z, () => Hierarchy.Generate(state, (level, _) => blocks[level]));
        }

        private T[] Densities<T>(PartState<T> state, T z) where T : struct, ITensor<T>
        {
            var pass = At(state, z);
            return [
                .. pass.P.Select((p, level) => Normals.LogDensity(pass.Z[level], Normals.Mu(p), Normals.LogVar(p))),
                OfTop.LogDensity(state.Within(TopName), pass.Z[^1])];
        }
    }
}

public static partial class Priors
{
    /// <summary>The prior of a hierarchical posterior: several stochastic layers.</summary>
    /// <param name="hierarchy">The stochastic layers and their networks.</param>
    /// <param name="top">p(z_L); N(0, I) if not given.</param>
    public static Prior Hierarchical(Hierarchy hierarchy, Prior? top = null) => new Prior.Hierarchical(hierarchy, top ?? StandardNormal);
}
