using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Objectives as they are written on a command line.</summary>
internal static class ObjectiveText
{
    public const string Forms =
        "elbo, elbo:stl, iwae:SAMPLES, miwae:GROUPS:SAMPLES, piwae:GROUPS:SAMPLES or ciwae:ELBO:SAMPLES (each also with :stl or :dreg), " +
        "capacity:GAMMA:NATS:EPOCHS, free-bits:NATS, free-bits:NATS:total, beta-tc:BETA, beta-tc:BETA:stratified, factor:WEIGHT, dip-i:OFF:ON, dip-ii:OFF:ON, " +
        "info-vae:ALPHA:LAMBDA, wae:WEIGHT, aae:WEIGHT, rae:WEIGHT, rae:WEIGHT:l2:WEIGHT, rae:WEIGHT:gp:WEIGHT, vae-gan:WEIGHT, m2:LABELS, m2:LABELS:WEIGHT or reconstruction";

    // A tenth of the training set for each label, as Kingma et al. 2014 weigh the classifier.
    private const double ClassifierPart = 0.1;

    // What the papers use on small grey images.
    private const double WassersteinWeight = 10, AdversarialWeight = 1, CodeWeight = 1e-4, FeatureWeight = 1;

    /// <summary>The objective of a text; β where it has one, and how many training examples there are.</summary>
    public static Objective Parse(string text, Schedule beta, long examples) => text.Split(':') switch
    {
        ["reconstruction"] => Objectives.Reconstruction,
        ["elbo"] => Objectives.Beta(beta),
        ["elbo", "stl"] => Objectives.Beta(beta, gradient: EncoderGradients.StickingTheLanding),
        ["capacity", var gamma, var nats, var epochs] => Objectives.Beta(Schedules.Constant(Number(gamma)), Capacities.Target(Schedules.Linear(0, Number(nats), Number(epochs)))),
        ["free-bits", var nats] => Objectives.Beta(beta, Capacities.FreeBits(Number(nats))),
        ["free-bits", var nats, "total"] => Objectives.Beta(beta, Capacities.FreeBits(Number(nats), perLatent: false)),
        [var bound and ("iwae" or "miwae" or "piwae" or "ciwae"), .. var parts] => Weighted(bound, parts, text),
        ["m2", var labels] => Objectives.SemiSupervised(Whole(labels), ClassifierPart * examples / Math.Max(Whole(labels), 1)),
        ["m2", var labels, var weight] => Objectives.SemiSupervised(Whole(labels), Number(weight)),
        ["vae-gan"] => Objectives.VaeGan(FeatureWeight),
        ["vae-gan", var weight] => Objectives.VaeGan(Number(weight)),
        var parts => Regularized(parts, beta) ?? throw Bad(text),
    };

    private static Objective? Regularized(string[] parts, Schedule beta) => parts switch
    {
        ["beta-tc", var weight] => Objectives.Regularized(Regularizers.TotalCorrelation(Number(weight) - 1), beta),
        ["beta-tc", var weight, "stratified"] => Objectives.Regularized(Regularizers.TotalCorrelation(Number(weight) - 1, stratified: true), beta),
        ["factor", var weight] => Objectives.Regularized(Regularizers.Factor(Number(weight)), beta),
        ["dip-i", var off, var on] => Objectives.Regularized(Regularizers.DipI(Number(off), Number(on)), beta),
        ["dip-ii", var off, var on] => Objectives.Regularized(Regularizers.DipII(Number(off), Number(on)), beta),
        ["info-vae", var alpha, var lambda] => Objectives.InfoVae(Number(alpha), Number(lambda)),
        ["wae"] => Objectives.Wasserstein(WassersteinWeight),
        ["wae", var weight] => Objectives.Wasserstein(Number(weight)),
        ["aae"] => Objectives.Adversarial(AdversarialWeight),
        ["aae", var weight] => Objectives.Adversarial(Number(weight)),
        ["rae"] => Objectives.Code(CodeWeight),
        ["rae", var weight] => Objectives.Code(Number(weight)),
        ["rae", var weight, "l2", var decay] => Objectives.Code(Number(weight), DecoderPenalties.WeightDecay(Number(decay))),
        ["rae", var weight, "gp", var penalty] => Objectives.Code(Number(weight), DecoderPenalties.GradientPenalty(Number(penalty))),
        _ => null,
    };

    private static Objective Weighted(string bound, string[] parts, string text)
    {
        var gradient = parts.LastOrDefault() switch
        {
            "stl" => EncoderGradients.StickingTheLanding,
            "dreg" => EncoderGradients.DoublyReparameterized,
            _ => EncoderGradients.Total,
        };
        var numbers = gradient is EncoderGradient.Total ? parts : parts[..^1];
        return (bound, numbers) switch
        {
            ("iwae", [var samples]) => Objectives.ImportanceWeighted(Whole(samples), gradient: gradient),
            ("miwae", [var groups, var samples]) => Objectives.ImportanceWeighted(Whole(samples), ImportanceBounds.Miwae(Whole(groups)), gradient),
            ("piwae", [var groups, var samples]) => Objectives.ImportanceWeighted(Whole(samples), ImportanceBounds.Piwae(Whole(groups)), gradient),
            ("ciwae", [var elbo, var samples]) => Objectives.ImportanceWeighted(Whole(samples), ImportanceBounds.Ciwae(Number(elbo)), gradient),
            _ => throw Bad(text),
        };
    }

    private static int Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(text);

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(text);

    private static VaeException Bad(string got) => new($"objective: must be {Forms}, got {got}");
}
