using static Vae.DiffSharp.Tests.Draws;

namespace Vae.DiffSharp.Tests;

/// <summary>Every public formula of the core by its signature, with arguments to try it on.</summary>
internal static class Formulas
{
    private const int B = 48, D = 2, K = 5;

    // C# has no generic lambdas: one generic function of the name stands for all of them.
    public static T Value<T>(string formula, T[] x) where T : struct, ITensor<T> => formula switch
    {
        "Bernoullis.Entropy(logits)" => Bernoullis.Entropy(x[0]),
        "Bernoullis.NegLogDensity(logits, x)" => Bernoullis.NegLogDensity(x[0], x[1]),
        "Bernoullis.NegLogDensityPerValue(logits, x)" => Bernoullis.NegLogDensityPerValue(x[0], x[1]),
        "Bounds.Elbo(logLikelihood, kl)" => Bounds.Elbo(x[0], x[1]),
        "Bounds.ImportanceWeighted(logWeights)" => Bounds.ImportanceWeighted(x[0]),
        "Bounds.MonteCarloElbo(logLikelihood, logPrior, logPosterior)" => Bounds.MonteCarloElbo(x[0], x[1], x[2]),
        "Bounds.NegElbo(reconstruction, kl, beta)" => Bounds.NegElbo(x[0], x[1], 4),
        "Divergences.Kl(posterior, prior, outputs, q, p) fixed" => Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value,
        "Divergences.Kl(posterior, prior, outputs, q, p) learned" => Divergences.Kl(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], p: Given(x[1]))!.Value,
        "Divergences.KlPerLatent(posterior, prior, outputs, q, p)" => Divergences.KlPerLatent(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], p: Given(x[1]))!.Value,
        "Divergences.MonteCarloKl(prior, draw, p) fixed" => Divergences.MonteCarloKl(Priors.StandardNormal, Posteriors.Draw(Posteriors.DiagonalNormal, x[0], x[1])),
        "Divergences.MonteCarloKl(prior, draw, p) learned" => Divergences.MonteCarloKl(Zoo.ConditionalPrior(), Posteriors.Draw(Posteriors.DiagonalNormal, x[0], x[2]), Given(x[1])),
        "Flows.Forward(flows, z, given, state)" => Flows.Forward([Flows.MaskedAutoregressive(1)], x[0], state: Masked(x[0])).Z,
        "Flows.Inverse(flows, z, given, state)" => Flows.Inverse([Flows.MaskedAutoregressive(1)], x[0], state: Masked(x[0])).Z,
        "Likelihoods.Mean(likelihood, outputs, state) Bernoulli" => Likelihoods.Mean(Likelihoods.Bernoulli, x[0]),
        "Likelihoods.Mean(likelihood, outputs, state) Normal" => Likelihoods.Mean(Likelihoods.Normal(0.3), x[0]),
        "Likelihoods.NegLogDensity(likelihood, outputs, x, state) Bernoulli" => Likelihoods.NegLogDensity(Likelihoods.CrossEntropy, x[0], x[1]),
        "Likelihoods.NegLogDensity(likelihood, outputs, x, state) Normal" => Likelihoods.NegLogDensity(Likelihoods.Normal(0.3), x[0], x[1]),
        "Likelihoods.NegLogDensityOf(likelihood, outputs, x, counted, state)" => Likelihoods.NegLogDensityOf(Likelihoods.CrossEntropy, x[0], x[1], x[2]),
        "Likelihoods.NegLogDensityPerValue(likelihood, outputs, x, state)" => Likelihoods.NegLogDensityPerValue(Likelihoods.Normal(0.3), x[0], x[1]),
        "Normals.Entropy(logVar)" => Normals.Entropy(x[0]),
        "Normals.Kl(mu1, logVar1, mu2, logVar2)" => Normals.Kl(x[0], x[1], x[2], x[3]),
        "Normals.KlPerValue(mu1, logVar1, mu2, logVar2)" => Normals.KlPerValue(x[0], x[1], x[2], x[3]),
        "Normals.KlToStandard(mu, logVar)" => Normals.KlToStandard(x[0], x[1]),
        "Normals.KlToStandardPerValue(mu, logVar)" => Normals.KlToStandardPerValue(x[0], x[1]),
        "Normals.LogDensity(x, mu, logVar)" => Normals.LogDensity(x[0], x[1], x[2]),
        "Normals.LogDensity(x, mu, sigma)" => Normals.LogDensity(x[0], x[1], 0.01),
        "Normals.LogDensityPerValue(x, mu, sigma)" => Normals.LogDensityPerValue(x[0], x[1], 0.01),
        "Normals.LogDensityStandard(x)" => Normals.LogDensityStandard(x[0]),
        "Posteriors.LogDensity(posterior, outputs, z, state)" => Posteriors.LogDensity(Posteriors.DiagonalNormal, x[0], x[1])!.Value,
        "Posteriors.LogVariance(posterior, outputs, state)" => Posteriors.LogVariance(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Mean(posterior, outputs, state)" => Posteriors.Mean(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Sample(posterior, outputs, noise, state)" => Posteriors.Sample(Posteriors.DiagonalNormal, x[0], x[1]),
        "Priors.LogDensity(prior, z, state)" => Priors.LogDensity(Zoo.ConditionalPrior(), x[1], Given(x[0])),
        "Priors.Sample(prior, noise, state)" => Priors.Sample(Zoo.ConditionalPrior(), x[1], Given(x[0])),
        "Reparameterizations.Normal(mu, logVar, eps)" => Reparameterizations.Normal(x[0], x[1], x[2]),
        "Stable.LogMeanExp(x, axis)" => Stable.LogMeanExp(x[0], 1),
        "Stable.Softplus(x)" => Stable.Softplus(x[0]),
        _ => throw new ArgumentException($"formula: must be listed, got {formula}", nameof(formula)),
    };

    // Of one dimension, so that nothing is a difference of what is nearly equal: an affine map.
    private static PartState<T> Masked<T>(T like) where T : struct, ITensor<T> => new(name =>
        name.EndsWith("in.weight") ? T.Constant(like, [0.3], 1, 1) : name.EndsWith("in.bias") ? T.Constant(like, [0.2], 1)
        : name.EndsWith("out.weight") ? T.Constant(like, [0.7, -0.4], 2, 1) : T.Constant(like, [0.5, -0.6], 2));

    private static PartState<T> Given<T>(T outputs) where T : struct, ITensor<T> => new(_ => outputs);

    /// <summary>Arguments by signature; one number an example, so that no great number hides a small one's error, or several.</summary>
    public static IReadOnlyDictionary<string, Func<Random, NdArray>[]> Arguments { get; } = new Dictionary<string, Func<Random, NdArray>[]>
    {
        ["Bernoullis.Entropy(logits)"] = [Logits(B, 1)],
        ["Bernoullis.NegLogDensity(logits, x)"] = [Logits(B, 1), Pixels(B, 1)],
        ["Bernoullis.NegLogDensityPerValue(logits, x)"] = [Logits(B, 1), Pixels(B, 1)],
        ["Bounds.Elbo(logLikelihood, kl)"] = [Reals(B), Positives(B)],
        ["Bounds.ImportanceWeighted(logWeights)"] = [Logits(K, B)],
        ["Bounds.MonteCarloElbo(logLikelihood, logPrior, logPosterior)"] = [Reals(B), Reals(B), Reals(B)],
        ["Bounds.NegElbo(reconstruction, kl, beta)"] = [Reals(B), Positives(B)],
        ["Divergences.Kl(posterior, prior, outputs, q, p) fixed"] = [Parameters(B, D)],
        ["Divergences.Kl(posterior, prior, outputs, q, p) learned"] = [Parameters(B, 1), Parameters(B, 1)],
        ["Divergences.KlPerLatent(posterior, prior, outputs, q, p)"] = [Parameters(B, 1), Parameters(B, 1)],
        ["Divergences.MonteCarloKl(prior, draw, p) fixed"] = [Parameters(B, D), Reals(B, D)],
        ["Divergences.MonteCarloKl(prior, draw, p) learned"] = [Parameters(B, D), Parameters(B, D), Reals(B, D)],
        ["Flows.Forward(flows, z, given, state)"] = [Reals(B, 1)],
        ["Flows.Inverse(flows, z, given, state)"] = [Reals(B, 1)],
        ["Likelihoods.Mean(likelihood, outputs, state) Bernoulli"] = [Logits(B, 1, 2, 2)],
        ["Likelihoods.Mean(likelihood, outputs, state) Normal"] = [Reals(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, outputs, x, state) Bernoulli"] = [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, outputs, x, state) Normal"] = [Reals(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensityOf(likelihood, outputs, x, counted, state)"] = [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2), Pixels(1, 1, 2, 2)],
        ["Likelihoods.NegLogDensityPerValue(likelihood, outputs, x, state)"] = [Reals(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Normals.Entropy(logVar)"] = [LogVariances(B, D)],
        ["Normals.Kl(mu1, logVar1, mu2, logVar2)"] = [Reals(B, 1), LogVariances(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.KlPerValue(mu1, logVar1, mu2, logVar2)"] = [Reals(B, 1), LogVariances(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.KlToStandard(mu, logVar)"] = [Reals(B, D), LogVariances(B, D)],
        ["Normals.KlToStandardPerValue(mu, logVar)"] = [Reals(B, D), LogVariances(B, D)],
        ["Normals.LogDensity(x, mu, logVar)"] = [Reals(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.LogDensity(x, mu, sigma)"] = [Reals(B, D), Reals(B, D)],
        ["Normals.LogDensityPerValue(x, mu, sigma)"] = [Reals(B, D), Reals(B, D)],
        ["Normals.LogDensityStandard(x)"] = [Reals(B, D)],
        ["Posteriors.LogDensity(posterior, outputs, z, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Posteriors.LogVariance(posterior, outputs, state)"] = [Parameters(B, D)],
        ["Posteriors.Mean(posterior, outputs, state)"] = [Parameters(B, D)],
        ["Posteriors.Sample(posterior, outputs, noise, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.LogDensity(prior, z, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.Sample(prior, noise, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Reparameterizations.Normal(mu, logVar, eps)"] = [Reals(B, D), LogVariances(B, D), Reals(B, D)],
        ["Stable.LogMeanExp(x, axis)"] = [Logits(B, K)],
        ["Stable.Softplus(x)"] = [Logits(B)],
    };
}
