namespace Vae;

internal static class ObjectiveGrammar
{
    // α = 10 · N, divided by the number of labels. By the 0.1 · N of Kingma et al. 2014, section 3, the other examples lead the classifier
    // away from its labels in runs of a few epochs: of MNIST with 3,000 labels it then mistakes 34% instead of 5%.
    private const double ClassifierPart = 10;

    // The papers' values for small greyscale images.
    private const double WassersteinWeight = 10, AdversarialWeight = 1, CodeWeight = 1e-4, FeatureWeight = 1;

    public static TextGrammar Grammar { get; } = new("objective", [
        new("elbo", "−ELBO, with the KL weight β; Kingma & Welling 2014, Higgins et al. 2017."),
        new("elbo:stl", "−ELBO with the sticking-the-landing gradient; Roeder et al. 2017."),
        new("iwae:SAMPLES[:GRADIENT]", "The importance-weighted bound, with the KL weight β; Burda et al. 2016."),
        new("miwae:GROUPS:SAMPLES[:GRADIENT]", "The mean of GROUPS importance-weighted bounds; Rainforth et al. 2018."),
        new("piwae:GROUPS:SAMPLES[:GRADIENT]", "IWAE for the decoder, MIWAE for the encoder; Rainforth et al. 2018."),
        new("ciwae:ELBO:SAMPLES[:GRADIENT]",
            "A convex combination of ELBO and IWAE, with the ELBO's weight ELBO in [0, 1]; Rainforth et al. 2018."),
        new("capacity:GAMMA:NATS:EPOCHS", "GAMMA·|KL − C|, C growing to NATS over EPOCHS; Burgess et al. 2018."),
        new("free-bits:NATS", "No penalty for the first NATS of KL of each latent; Kingma et al. 2016."),
        new("free-bits:NATS:total", "No penalty for the first NATS of KL of all latents together."),
        new("beta-tc:BETA", "β-TCVAE: the total correlation weighted by BETA; Chen et al. 2018."),
        new("beta-tc:BETA:stratified", "β-TCVAE with minibatch stratified sampling."),
        new("factor:WEIGHT", "FactorVAE: the total correlation estimated by a discriminator; Kim & Mnih 2018."),
        new("dip-i:OFF:ON", "DIP-VAE-I, with the weights of off-diagonal and diagonal covariances; Kumar et al. 2018."),
        new("dip-ii:OFF:ON", "DIP-VAE-II; Kumar et al. 2018."),
        new("info-vae:ALPHA:LAMBDA", "InfoVAE with a maximum mean discrepancy; Zhao et al. 2019."),
        new("wae[:WEIGHT]", "Wasserstein autoencoder with a maximum mean discrepancy; Tolstikhin et al. 2018."),
        new("aae[:WEIGHT]", "Adversarial autoencoder; Makhzani et al. 2016."),
        new("rae[:WEIGHT]", "Regularized autoencoder: a penalty on the codes; Ghosh et al. 2020."),
        new("rae:WEIGHT:l2:DECAY", "RAE with weight decay of the decoder."),
        new("rae:WEIGHT:gp:PENALTY", "RAE with a gradient penalty on the decoder."),
        new("vae-gan[:WEIGHT]", "Reconstruction in the features of a discriminator; Larsen et al. 2016."),
        new("m2:LABELS[:WEIGHT[:SHARE]]",
            "Semi-supervised learning with LABELS labelled examples, repeated to a SHARE of each batch (0.1); Kingma et al. 2014."),
        new("reconstruction", "The reconstruction term only, for an autoencoder."),
    ], "GRADIENT is stl or dreg");

    public static Objective? Read(string[] words, Schedule beta, long examples) => words switch
    {
        ["reconstruction"] => Objectives.Reconstruction,
        ["elbo"] => Objectives.Beta(beta),
        ["elbo", "stl"] => Objectives.Beta(beta, gradient: EncoderGradients.StickingTheLanding),
        ["capacity", { Number: { } gamma }, { Number: { } nats }, { Number: { } epochs }] =>
            Objectives.Beta(Schedules.Constant(gamma), Capacities.Target(Schedules.Linear(0, nats, epochs))),
        ["free-bits", { Number: { } nats }] => Objectives.Beta(beta, Capacities.FreeBits(nats)),
        ["free-bits", { Number: { } nats }, "total"] => Objectives.Beta(beta, Capacities.FreeBits(nats, perLatent: false)),
        [.. var bound, "stl"] => Weighted(bound, EncoderGradients.StickingTheLanding, beta),
        [.. var bound, "dreg"] => Weighted(bound, EncoderGradients.DoublyReparameterized, beta),
        ["iwae" or "miwae" or "piwae" or "ciwae", ..] => Weighted(words, EncoderGradients.Total, beta),
        ["m2", { Whole: { } labels }] => Objectives.SemiSupervised(labels, ClassifierPart * examples / Math.Max(labels, 1)),
        ["m2", { Whole: { } labels }, { Number: { } weight }] => Objectives.SemiSupervised(labels, weight),
        ["m2", { Whole: { } labels }, { Number: { } weight }, { Number: { } share }] =>
            Objectives.SemiSupervised(labels, weight, labelledShare: share),
        ["vae-gan"] => Objectives.VaeGan(FeatureWeight),
        ["vae-gan", { Number: { } weight }] => Objectives.VaeGan(weight),
        _ => Regularized(words, beta),
    };

    private static Objective? Weighted(string[] words, EncoderGradient gradient, Schedule beta) => words switch
    {
        ["iwae", { Whole: { } samples }] => Objectives.ImportanceWeighted(samples, gradient: gradient, beta: beta),
        ["miwae", { Whole: { } groups }, { Whole: { } samples }] =>
            Objectives.ImportanceWeighted(samples, ImportanceBounds.Miwae(groups), gradient, beta),
        ["piwae", { Whole: { } groups }, { Whole: { } samples }] =>
            Objectives.ImportanceWeighted(samples, ImportanceBounds.Piwae(groups), gradient, beta),
        ["ciwae", { Number: { } elbo }, { Whole: { } samples }] =>
            Objectives.ImportanceWeighted(samples, ImportanceBounds.Ciwae(elbo), gradient, beta),
        _ => null,
    };

    private static Objective? Regularized(string[] words, Schedule beta) => words switch
    {
        ["beta-tc", { Number: { } weight }] => Objectives.Regularized(Regularizers.TotalCorrelation(weight - 1), beta),
        ["beta-tc", { Number: { } weight }, "stratified"] =>
            Objectives.Regularized(Regularizers.TotalCorrelation(weight - 1, stratified: true), beta),
        ["factor", { Number: { } weight }] => Objectives.Regularized(Regularizers.Factor(weight), beta),
        ["dip-i", { Number: { } off }, { Number: { } on }] => Objectives.Regularized(Regularizers.DipI(off, on), beta),
        ["dip-ii", { Number: { } off }, { Number: { } on }] => Objectives.Regularized(Regularizers.DipII(off, on), beta),
        ["info-vae", { Number: { } alpha }, { Number: { } lambda }] => Objectives.InfoVae(alpha, lambda),
        ["wae"] => Objectives.Wasserstein(WassersteinWeight),
        ["wae", { Number: { } weight }] => Objectives.Wasserstein(weight),
        ["aae"] => Objectives.Adversarial(AdversarialWeight),
        ["aae", { Number: { } weight }] => Objectives.Adversarial(weight),
        ["rae"] => Objectives.Code(CodeWeight),
        ["rae", { Number: { } weight }] => Objectives.Code(weight),
        ["rae", { Number: { } weight }, "l2", { Number: { } decay }] => Objectives.Code(weight, DecoderPenalties.WeightDecay(decay)),
        ["rae", { Number: { } weight }, "gp", { Number: { } penalty }] =>
            Objectives.Code(weight, DecoderPenalties.GradientPenalty(penalty)),
        _ => null,
    };
}
