namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// Several stochastic layers, z = (z₁ … z_L), each diagonal normal given the layers that it depends on. The prior must be a <see
    /// cref="Prior.Hierarchical"/> with the same hierarchy.
    /// </summary>
    /// <param name="Hierarchy">The stochastic layers and their networks.</param>
    public sealed partial record Hierarchical(Hierarchy Hierarchy) : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => Hierarchy.Title;

        long IPosterior.Outputs(int latent) => Hierarchy.EncoderOutput.Size;

        Shape IPosterior.EncoderOutput(int latent) => Hierarchy.EncoderOutput;

        // With several layers, mean and variance are conditioned on the means of other layers, so they are not those of z.
        bool IPosterior.HasMoments => Hierarchy.Latents.Count == 1;

        bool IPosterior.SharesPrior => Hierarchy.SharesPrior;

        ValueList<PartNetwork> IPosterior.Networks(int latent) =>
            ValueList.From(Hierarchy.PosteriorNetworks.Select(network => network.With(path: $"hierarchy.{network.Path}")));

        ValueList<Problem> IPosterior.Problems(int latent, string path)
        {
            ValueList<Problem> own = [
                .. Hierarchy.Problems($"{path}.hierarchy"),
                .. Hierarchy.LayerRows.SelectMany(row => Layers.Problems($"{path}.hierarchy.{row.Path}", row.Layers)),
                .. Hierarchy.Networks.SelectMany(network => network.Network.Head.Problems($"{path}.hierarchy.{network.Path}.head"))];
            return own.Count > 0 ? own
                : Rules.If(Hierarchy.LatentSize != latent, $"{path}.hierarchy",
                    $"must have {latent} latent values in total, as many as the model", Hierarchy.LatentSize);
        }

        /// <summary>The mean of each stochastic layer, given the means of the layers that it depends on.</summary>
        T IPosterior.Mean<T>(PartState<T> state, T outputs) =>
            LatentBlocks.Join(Hierarchy.Infer(state, outputs, (_, given) => Normals.Mu(given)).Z);

        /// <summary>ln of the variance of each stochastic layer, given the means of the layers that it depends on.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) =>
            LatentBlocks.Join([.. Hierarchy.Infer(state, outputs, (_, given) => Normals.Mu(given)).Q.Select(Normals.LogVar)]);

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            var eps = LatentBlocks.Split(noise, Hierarchy.Latents);
            var pass = Hierarchy.Infer(state, outputs, (level, given) =>
                Reparameterizations.Normal(Normals.Mu(given), Normals.LogVar(given), eps[level]));
            var z = LatentBlocks.Join(pass.Z);
            // Later functions of this draw reuse the pass; if q runs p's networks, so do functions of p.
            _ = state.Once(LevelPasses.Inference, z, () => pass);
            if (Hierarchy.SharesPrior)
                _ = state.Once(LevelPasses.Generative, z, () => pass);
            return new(z, Densities(pass).Aggregate((sum, next) => sum + next));
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) =>
            Densities(At(state, outputs, z)).Aggregate((sum, next) => sum + next);

        /// <summary>ln q of each stochastic layer given those that it depends on, [B, L]; nats.</summary>
        internal T LogDensityPerLayer<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> =>
            LatentBlocks.Columns(Densities(At(state, outputs, z)));

        // In a top-down pass, q and p of a stochastic layer are conditioned on the same layers.
        T? IPosterior.KlPerLatentAt<T>(PartState<T> state, T outputs, T z, PriorForm<T> prior)
        {
            if (!Hierarchy.SharesPrior && Hierarchy.Latents.Count > 1 || prior is { Normal: null, IsStandard: false })
                return null;
            var (pass, top) = (At(state, outputs, z), (IPosterior)new DiagonalNormal());
            T[] each = [.. pass.Q.Select((q, level) => level < pass.P.Length
                ? Normals.KlPerValue(Normals.Mu(q), Normals.LogVar(q), Normals.Mu(pass.P[level]), Normals.LogVar(pass.P[level]))
                : top.KlPerLatent(state, q, prior)!.Value)];
            return LatentBlocks.Join(each);
        }

        private HierarchyPass<T> At<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T>
        {
            var blocks = LatentBlocks.Split(z, Hierarchy.Latents);
            return state.Once(LevelPasses.Inference, z, () => Hierarchy.Infer(state, outputs, (level, _) => blocks[level]));
        }

        private static T[] Densities<T>(HierarchyPass<T> pass) where T : struct, ITensor<T> =>
            [.. pass.Z.Zip(pass.Q, (z, q) => Normals.LogDensity(z, Normals.Mu(q), Normals.LogVar(q)))];
    }
}

public static partial class Posteriors
{
    /// <summary>Several stochastic layers.</summary>
    /// <param name="levels">The stochastic layers and their networks.</param>
    public static Posterior Hierarchical(Hierarchy levels) => new Posterior.Hierarchical(levels);
}
