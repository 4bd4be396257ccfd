using static Vae.DiffSharp.Tests.Draws;

namespace Vae.DiffSharp.Tests;

/// <summary>Every public formula of the core by its signature, with arguments to try it on.</summary>
internal static class Formulas
{
    private const int B = 48, D = 2, K = 5;

    // C# has no generic lambdas: one generic function of the name stands for all of them.
    public static T Value<T>(string formula, T[] x) where T : struct, ITensor<T> => formula switch
    {
        "AggregatePosterior.LogDensity(z, means, logVariances)" => AggregatePosterior.LogDensity(x[0], x[1], x[2]),
        "AggregatePosterior.LogDensityPerLatent(z, means, logVariances)" => AggregatePosterior.LogDensityPerLatent(x[0], x[1], x[2]),
        "Bernoullis.Entropy(logits)" => Bernoullis.Entropy(x[0]),
        "Bernoullis.NegLogDensity(logits, x)" => Bernoullis.NegLogDensity(x[0], x[1]),
        "Bernoullis.NegLogDensityPerValue(logits, x)" => Bernoullis.NegLogDensityPerValue(x[0], x[1]),
        "Bounds.Elbo(logLikelihood, kl)" => Bounds.Elbo(x[0], x[1]),
        "Bounds.ImportanceWeighted(logWeights)" => Bounds.ImportanceWeighted(x[0]),
        "Bounds.MonteCarloElbo(logLikelihood, logPrior, logPosterior)" => Bounds.MonteCarloElbo(x[0], x[1], x[2]),
        "Bounds.NegElbo(reconstruction, kl, beta)" => Bounds.NegElbo(x[0], x[1], 4),
        "Divergences.Kl(posterior, prior, parameters, priorParameters) fixed" => Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0], x[0]),
        "Divergences.Kl(posterior, prior, parameters, priorParameters) learned" => Divergences.Kl(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], x[1]),
        "Divergences.KlPerLatent(posterior, prior, parameters, priorParameters)" => Divergences.KlPerLatent(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], x[1]),
        "Divergences.MonteCarloKl(posterior, prior, parameters, priorParameters, z) fixed" => Divergences.MonteCarloKl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0], x[0], x[1]),
        "Divergences.MonteCarloKl(posterior, prior, parameters, priorParameters, z) learned" => Divergences.MonteCarloKl(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], x[1], x[2]),
        "Likelihoods.Mean(likelihood, parameters) Bernoulli" => Likelihoods.Mean(Likelihoods.Bernoulli, x[0]),
        "Likelihoods.Mean(likelihood, parameters) Normal" => Likelihoods.Mean(Likelihoods.Normal(0.3), x[0]),
        "Likelihoods.NegLogDensity(likelihood, parameters, x) Bernoulli" => Likelihoods.NegLogDensity(Likelihoods.CrossEntropy, x[0], x[1]),
        "Likelihoods.NegLogDensity(likelihood, parameters, x) Normal" => Likelihoods.NegLogDensity(Likelihoods.Normal(0.3), x[0], x[1]),
        "Likelihoods.NegLogDensity(likelihood, parameters, x, counted)" => Likelihoods.NegLogDensity(Likelihoods.CrossEntropy, x[0], x[1], x[2]),
        "Likelihoods.NegLogDensityPerValue(likelihood, parameters, x)" => Likelihoods.NegLogDensityPerValue(Likelihoods.Normal(0.3), x[0], x[1]),
        "Normals.Entropy(logVar)" => Normals.Entropy(x[0]),
        "Normals.Kl(mu1, logVar1, mu2, logVar2)" => Normals.Kl(x[0], x[1], x[2], x[3]),
        "Normals.KlPerValue(mu1, logVar1, mu2, logVar2)" => Normals.KlPerValue(x[0], x[1], x[2], x[3]),
        "Normals.KlToStandard(mu, logVar)" => Normals.KlToStandard(x[0], x[1]),
        "Normals.KlToStandardPerValue(mu, logVar)" => Normals.KlToStandardPerValue(x[0], x[1]),
        "Normals.LogDensity(x, mu, logVar)" => Normals.LogDensity(x[0], x[1], x[2]),
        "Normals.LogDensity(x, mu, sigma)" => Normals.LogDensity(x[0], x[1], 0.01),
        "Normals.LogDensityPerValue(x, mu, sigma)" => Normals.LogDensityPerValue(x[0], x[1], 0.01),
        "Normals.LogDensityStandard(x)" => Normals.LogDensityStandard(x[0]),
        "Posteriors.LogDensity(posterior, parameters, z)" => Posteriors.LogDensity(Posteriors.DiagonalNormal, x[0], x[1]),
        "Posteriors.LogVariance(posterior, parameters)" => Posteriors.LogVariance(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Mean(posterior, parameters)" => Posteriors.Mean(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Sample(posterior, parameters, noise)" => Posteriors.Sample(Posteriors.DiagonalNormal, x[0], x[1]),
        "Priors.LogDensity(prior, parameters, z)" => Priors.LogDensity(Zoo.ConditionalPrior(), x[0], x[1]),
        "Priors.Sample(prior, parameters, noise)" => Priors.Sample(Zoo.ConditionalPrior(), x[0], x[1]),
        "Reparameterizations.Normal(mu, logVar, eps)" => Reparameterizations.Normal(x[0], x[1], x[2]),
        "Stable.LogMeanExp(x, axis)" => Stable.LogMeanExp(x[0], 1),
        "Stable.Softplus(x)" => Stable.Softplus(x[0]),
        _ => throw new ArgumentException($"formula: must be listed, got {formula}", nameof(formula)),
    };

    /// <summary>Arguments by signature; one number an example, so that no great number hides a small one's error, or several.</summary>
    public static IReadOnlyDictionary<string, Func<Random, NdArray>[]> Arguments { get; } = new Dictionary<string, Func<Random, NdArray>[]>
    {
        ["AggregatePosterior.LogDensity(z, means, logVariances)"] = [Reals(B, D), Reals(K, D), LogVariances(K, D)],
        ["AggregatePosterior.LogDensityPerLatent(z, means, logVariances)"] = [Reals(B, D), Reals(K, D), LogVariances(K, D)],
        ["Bernoullis.Entropy(logits)"] = [Logits(B, 1)],
        ["Bernoullis.NegLogDensity(logits, x)"] = [Logits(B, 1), Pixels(B, 1)],
        ["Bernoullis.NegLogDensityPerValue(logits, x)"] = [Logits(B, 1), Pixels(B, 1)],
        ["Bounds.Elbo(logLikelihood, kl)"] = [Reals(B), Positives(B)],
        ["Bounds.ImportanceWeighted(logWeights)"] = [Logits(K, B)],
        ["Bounds.MonteCarloElbo(logLikelihood, logPrior, logPosterior)"] = [Reals(B), Reals(B), Reals(B)],
        ["Bounds.NegElbo(reconstruction, kl, beta)"] = [Reals(B), Positives(B)],
        ["Divergences.Kl(posterior, prior, parameters, priorParameters) fixed"] = [Parameters(B, D)],
        ["Divergences.Kl(posterior, prior, parameters, priorParameters) learned"] = [Parameters(B, 1), Parameters(B, 1)],
        ["Divergences.KlPerLatent(posterior, prior, parameters, priorParameters)"] = [Parameters(B, 1), Parameters(B, 1)],
        ["Divergences.MonteCarloKl(posterior, prior, parameters, priorParameters, z) fixed"] = [Parameters(B, D), Reals(B, D)],
        ["Divergences.MonteCarloKl(posterior, prior, parameters, priorParameters, z) learned"] = [Parameters(B, D), Parameters(B, D), Reals(B, D)],
        ["Likelihoods.Mean(likelihood, parameters) Bernoulli"] = [Logits(B, 1, 2, 2)],
        ["Likelihoods.Mean(likelihood, parameters) Normal"] = [Reals(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, parameters, x) Bernoulli"] = [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, parameters, x) Normal"] = [Reals(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, parameters, x, counted)"] = [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2), Pixels(1, 1, 2, 2)],
        ["Likelihoods.NegLogDensityPerValue(likelihood, parameters, x)"] = [Reals(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Normals.Entropy(logVar)"] = [LogVariances(B, D)],
        ["Normals.Kl(mu1, logVar1, mu2, logVar2)"] = [Reals(B, 1), LogVariances(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.KlPerValue(mu1, logVar1, mu2, logVar2)"] = [Reals(B, 1), LogVariances(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.KlToStandard(mu, logVar)"] = [Reals(B, D), LogVariances(B, D)],
        ["Normals.KlToStandardPerValue(mu, logVar)"] = [Reals(B, D), LogVariances(B, D)],
        ["Normals.LogDensity(x, mu, logVar)"] = [Reals(B, 1), Reals(B, 1), LogVariances(B, 1)],
        ["Normals.LogDensity(x, mu, sigma)"] = [Reals(B, D), Reals(B, D)],
        ["Normals.LogDensityPerValue(x, mu, sigma)"] = [Reals(B, D), Reals(B, D)],
        ["Normals.LogDensityStandard(x)"] = [Reals(B, D)],
        ["Posteriors.LogDensity(posterior, parameters, z)"] = [Parameters(B, D), Reals(B, D)],
        ["Posteriors.LogVariance(posterior, parameters)"] = [Parameters(B, D)],
        ["Posteriors.Mean(posterior, parameters)"] = [Parameters(B, D)],
        ["Posteriors.Sample(posterior, parameters, noise)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.LogDensity(prior, parameters, z)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.Sample(prior, parameters, noise)"] = [Parameters(B, D), Reals(B, D)],
        ["Reparameterizations.Normal(mu, logVar, eps)"] = [Reals(B, D), LogVariances(B, D), Reals(B, D)],
        ["Stable.LogMeanExp(x, axis)"] = [Logits(B, K)],
        ["Stable.Softplus(x)"] = [Logits(B)],
    };
}
