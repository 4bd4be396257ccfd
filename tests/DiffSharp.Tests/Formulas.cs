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
        "Divergences.Kl(posterior, prior, outputs, q, p) fixed" =>
            Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value,
        "Divergences.Kl(posterior, prior, outputs, q, p) learned" =>
            Divergences.Kl(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], p: Given(x[1]))!.Value,
        "Divergences.KlPerLatent(posterior, prior, outputs, q, p)" =>
            Divergences.KlPerLatent(Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), x[0], p: Given(x[1]))!.Value,
        "Divergences.MonteCarloKl(prior, draw, p) fixed" => Divergences.MonteCarloKl(Priors.StandardNormal, Drawn(x[0], x[1])),
        "Divergences.MonteCarloKl(prior, draw, p) learned" =>
            Divergences.MonteCarloKl(Zoo.ConditionalPrior(), Drawn(x[0], x[2]), Given(x[1])),
        "Gammas.LogGamma(x)" => Gammas.LogGamma(x[0]),
        "Gammas.LogRising(r, x)" => Gammas.LogRising(x[0], x[1]),
        "Flows.Forward(flows, z, given, state)" => Flows.Forward([Flows.MaskedAutoregressive(1)], x[0], state: Masked(x[0])).Z,
        "Flows.Inverse(flows, z, given, state)" => Flows.Inverse([Flows.MaskedAutoregressive(1)], x[0], state: Masked(x[0])).Z,
        "Likelihoods.Mean(likelihood, outputs, state) Bernoulli" => Likelihoods.Mean(Likelihoods.Bernoulli, x[0]),
        "Likelihoods.Mean(likelihood, outputs, state) Normal" => Likelihoods.Mean(Likelihoods.Normal(0.3), x[0]),
        "Likelihoods.NegLogDensity(likelihood, outputs, x, state) Bernoulli" =>
            Likelihoods.NegLogDensity(Likelihoods.CrossEntropy, x[0], x[1]),
        "Likelihoods.NegLogDensity(likelihood, outputs, x, state) Normal" => Likelihoods.NegLogDensity(Likelihoods.Normal(0.3), x[0], x[1]),
        "Likelihoods.NegLogDensityOf(likelihood, outputs, x, counted, state)" =>
            Likelihoods.NegLogDensityOf(Likelihoods.CrossEntropy, x[0], x[1], x[2]),
        "Likelihoods.NegLogDensityPerValue(likelihood, outputs, x, state)" =>
            Likelihoods.NegLogDensityPerValue(Likelihoods.Normal(0.3), x[0], x[1]),
        "Normals.Entropy(logVar)" => Normals.Entropy(x[0]),
        "Normals.Kl(mu1, logVar1, mu2, logVar2)" => Normals.Kl(x[0], x[1], x[2], x[3]),
        "Normals.KlPerValue(mu1, logVar1, mu2, logVar2)" => Normals.KlPerValue(x[0], x[1], x[2], x[3]),
        "Normals.KlToStandard(mu, logVar)" => Normals.KlToStandard(x[0], x[1]),
        "Normals.KlToStandardPerValue(mu, logVar)" => Normals.KlToStandardPerValue(x[0], x[1]),
        "Normals.LogDensity(x, mu, logVar)" => Normals.LogDensity(x[0], x[1], x[2]),
        "Normals.LogDensity(x, mu, sigma)" => Normals.LogDensity(x[0], x[1], 0.01),
        "Normals.LogDensityPerValue(x, mu, sigma)" => Normals.LogDensityPerValue(x[0], x[1], 0.01),
        "Normals.LogDensityStandard(x)" => Normals.LogDensityStandard(x[0]),
        "Posteriors.Draw(posterior, outputs, noise, state)" => Posteriors.Draw(Posteriors.DiagonalNormal, x[0], x[1]).Z,
        "Posteriors.LogDensity(posterior, outputs, z, state)" => Posteriors.LogDensity(Posteriors.DiagonalNormal, x[0], x[1])!.Value,
        "Posteriors.LogVariance(posterior, outputs, state)" => Posteriors.LogVariance(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Mean(posterior, outputs, state)" => Posteriors.Mean(Posteriors.DiagonalNormal, x[0]),
        "Posteriors.Sample(posterior, outputs, noise, state)" => Posteriors.Sample(Posteriors.DiagonalNormal, x[0], x[1]),
        "Priors.LogDensity(prior, z, state)" => Priors.LogDensity(Zoo.ConditionalPrior(), x[1], Given(x[0])),
        "Priors.Sample(prior, noise, state)" => Priors.Sample(Zoo.ConditionalPrior(), x[1], Given(x[0])),
        "Reparameterizations.Normal(mu, logVar, eps)" => Reparameterizations.Normal(x[0], x[1], x[2]),
        "Stable.LogMeanExp(x, axis)" => Stable.LogMeanExp(x[0], 1),
        "Stable.Softplus(x)" => Stable.Softplus(x[0]),
        "Adversaries.Deceive(logits)" => Adversaries.Deceive(x[0]),
        "Adversaries.Distinguish(real, other)" => Adversaries.Distinguish(x[0], x[1]),
        "Capacities.AtLeast(kl, nats)" => Capacities.AtLeast(x[0], 0.7),
        "Capacities.DistanceFrom(kl, nats)" => Capacities.DistanceFrom(x[0], 0.7),
        "CodePenalties.Covariance(codes, variances, offDiagonal, diagonal)" => CodePenalties.Covariance(x[0], x[1], 2, 3),
        "CodePenalties.HalfSquare(codes)" => CodePenalties.HalfSquare(x[0]),
        "CodePenalties.MeanDiscrepancy(a, b, kernel)" => CodePenalties.MeanDiscrepancy(x[0], x[1], Kernels.InverseMultiquadratic()),
        "ImportanceBounds.Combined(logWeights, elbo)" => ImportanceBounds.Combined(x[0], 0.3),
        "ImportanceBounds.DoublyReparameterized(logWeights, groups)" => ImportanceBounds.DoublyReparameterized(x[0], 2),
        "ImportanceBounds.OfGroups(logWeights, groups)" => ImportanceBounds.OfGroups(x[0], 2),
        "PartialLabels.Loss(losses, logits, labels, classifierWeight)" => PartialLabels.Loss(x[0], x[1], x[2], 0.7),
        "PartialLabels.Shares(logits, labels)" => PartialLabels.Shares(x[0], x[1]),
        "TotalCorrelations.LogPairs(posterior, state, outputs, z)" =>
            TotalCorrelations.LogPairs(Posteriors.DiagonalNormal.Formulas(), PartState<T>.Empty, x[0], x[1]),
        "TotalCorrelations.LogStratifiedWeights(like, batch, examples)" => TotalCorrelations.LogStratifiedWeights(x[0], 3, 9),
        "TotalCorrelations.LogWeights(like, batch, examples)" => TotalCorrelations.LogWeights(x[0], 3, 9),
        "TotalCorrelations.Of(logPosterior, logPairs, logPrior, logWeights)" =>
            TotalCorrelations.Decompose(x[0], x[1], x[2], x[3]).TotalCorrelation,
        _ => throw new ArgumentException($"formula: must be listed, got {formula}", nameof(formula)),
    };

    // Of one dimension, so that nothing is a difference of what is nearly equal: an affine map.
    private static PartState<T> Masked<T>(T like) where T : struct, ITensor<T> => new(name =>
        name.EndsWith("in.weight") ? T.Constant(like, [0.3], 1, 1) : name.EndsWith("in.bias") ? T.Constant(like, [0.2], 1)
        : name.EndsWith("out.weight") ? T.Constant(like, [0.7, -0.4], 2, 1) : T.Constant(like, [0.5, -0.6], 2));

    // Any z: at a draw of its own ln q(z) is a difference of much larger numbers.
    private static PosteriorDraw<T> Drawn<T>(T outputs, T z) where T : struct, ITensor<T> =>
        new(z, Posteriors.LogDensity(Posteriors.DiagonalNormal, outputs, z)!.Value);

    private static PartState<T> Given<T>(T outputs) where T : struct, ITensor<T> => new(_ => outputs);

    /// <summary>Arguments by signature; one number an example, so that no great number hides a small one's error, or several.</summary>
    public static IReadOnlyDictionary<string, Func<Random, NdArray>[]> Arguments { get; } = new Dictionary<string, Func<Random, NdArray>[]>
    {
        ["AggregatePosterior.LogDensity(z, means, logVariances)"] = [Pixels(B, D), Pixels(K, D), Pixels(K, D)],
        ["AggregatePosterior.LogDensityPerLatent(z, means, logVariances)"] = [Pixels(B, D), Pixels(K, D), Pixels(K, D)],
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
        ["Gammas.LogGamma(x)"] = [Positives(B)],
        ["Gammas.LogRising(r, x)"] = [Positives(B), Positives(B)],
        ["Flows.Forward(flows, z, given, state)"] = [Reals(B, 1)],
        ["Flows.Inverse(flows, z, given, state)"] = [Reals(B, 1)],
        ["Likelihoods.Mean(likelihood, outputs, state) Bernoulli"] = [Logits(B, 1, 2, 2)],
        ["Likelihoods.Mean(likelihood, outputs, state) Normal"] = [Reals(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, outputs, x, state) Bernoulli"] = [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensity(likelihood, outputs, x, state) Normal"] = [Reals(B, 1, 2, 2), Pixels(B, 1, 2, 2)],
        ["Likelihoods.NegLogDensityOf(likelihood, outputs, x, counted, state)"] =
            [Logits(B, 1, 2, 2), Pixels(B, 1, 2, 2), Pixels(1, 1, 2, 2)],
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
        ["Posteriors.Draw(posterior, outputs, noise, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Posteriors.LogDensity(posterior, outputs, z, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Posteriors.LogVariance(posterior, outputs, state)"] = [Parameters(B, D)],
        ["Posteriors.Mean(posterior, outputs, state)"] = [Parameters(B, D)],
        ["Posteriors.Sample(posterior, outputs, noise, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.LogDensity(prior, z, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Priors.Sample(prior, noise, state)"] = [Parameters(B, D), Reals(B, D)],
        ["Reparameterizations.Normal(mu, logVar, eps)"] = [Reals(B, D), LogVariances(B, D), Reals(B, D)],
        ["Stable.LogMeanExp(x, axis)"] = [Logits(B, K)],
        ["Stable.Softplus(x)"] = [Logits(B)],
        ["Adversaries.Deceive(logits)"] = [Reals(B, 1)],
        ["Adversaries.Distinguish(real, other)"] = [Reals(B, 1), Reals(B, 1)],
        ["Capacities.AtLeast(kl, nats)"] = [Reals(B, D)],
        ["Capacities.DistanceFrom(kl, nats)"] = [Reals(B)],
        ["CodePenalties.Covariance(codes, variances, offDiagonal, diagonal)"] = [Reals(B, D), Reals(B, D)],
        ["CodePenalties.HalfSquare(codes)"] = [Reals(B, 1)],
        ["CodePenalties.MeanDiscrepancy(a, b, kernel)"] = [Reals(4, D), Reals(K, D)],
        ["ImportanceBounds.Combined(logWeights, elbo)"] = [Logits(K, B)],
        ["ImportanceBounds.DoublyReparameterized(logWeights, groups)"] = [Logits(2 * K, B)],
        ["ImportanceBounds.OfGroups(logWeights, groups)"] = [Logits(2 * K, B)],
        ["PartialLabels.Loss(losses, logits, labels, classifierWeight)"] = [Reals(K, B), Pixels(B, K), Pixels(B, K)],
        ["PartialLabels.Shares(logits, labels)"] = [Pixels(B, K), Pixels(B, K)],
        ["TotalCorrelations.LogPairs(posterior, state, outputs, z)"] = [Parameters(4, D), Reals(4, D)],
        ["TotalCorrelations.LogStratifiedWeights(like, batch, examples)"] = [Reals(1)],
        ["TotalCorrelations.LogWeights(like, batch, examples)"] = [Reals(1)],
        ["TotalCorrelations.Of(logPosterior, logPairs, logPrior, logWeights)"] = [Reals(4), Logits(4, 4, D), Reals(4), Logits(4, 4)],
    };
}
