namespace Vae;

/// <summary>Evaluates a custom posterior on arrays of constants.</summary>
internal static class PosteriorTrials
{
    public static IEnumerable<ValueList<Problem>> Run(IPosterior posterior, VaeSpec spec, string path)
    {
        int latent = spec.Latent, noise = posterior.Noise(latent);
        var learned = posterior.Learned(latent);
        if (!PartTrials.IsSmall(learned, latent, noise, posterior.Outputs(latent)))
            return [];
        var state = PartTrials.State(learned, networks: posterior.Networks(latent));
        var outputs = PartTrials.Rows(posterior.Outputs(latent));
        return Trials(posterior, state, outputs, PartTrials.Rows(noise), latent, path)
            .Append(PartTrials.Updates(path, learned, () => posterior.Updated(state, outputs, PartTrials.Rows(noise))));
    }

    private static IEnumerable<ValueList<Problem>> Trials(
        IPosterior posterior, PartState<NdArray> state, NdArray outputs, NdArray noise, int latent, string path)
    {
        var (each, codes) = (PartTrials.BatchDims(), PartTrials.BatchDims(latent));
        PosteriorDraw<NdArray> Draw() => posterior.Draw(state, outputs, noise);
        yield return PartTrials.Gives(path, "z of a draw", () => Draw().Z, codes);
        yield return PartTrials.Gives(path, "ln q(z|x) of a draw", () => Draw().LogDensity, each);
        yield return PartTrials.Gives(path, "its mean", () => posterior.Mean(state, outputs), codes);
        yield return PartTrials.Gives(path, "its log-variance", () => posterior.LogVariance(state, outputs), codes);
        yield return PartTrials.Gives(path, "ln q(z|x)", () => posterior.LogDensity(state, outputs, Draw().Z), each);
        PriorForm<NdArray>[] forms = [
            new(null), new(null, IsStandard: true), new(null, IsUniform: true), new(NdArray.Full(0.5, 1, 2 * latent))];
        foreach (var form in forms)
            yield return PartTrials.Gives(path, "KL(q ‖ p) of each latent", () => posterior.KlPerLatent(state, outputs, form), codes);
        yield return PartTrials.Gives(path, "its penalty", () => posterior.Penalty(state, outputs, Draw()), each);
    }
}
