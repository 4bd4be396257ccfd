namespace Vae;

/// <summary>Samplers by name, and what each asks of a model.</summary>
public static class Samplers
{
    /// <summary>The model's own prior.</summary>
    public static Sampler Prior { get; } = new Sampler.Prior();

    /// <summary>A mixture of normals with full covariances; Ghosh et al. 2020 take 10.</summary>
    public static Sampler Mixture(int components = 10) => new Sampler.Mixture(components);

    /// <summary>A second autoencoder with two hidden layers of a width on both sides.</summary>
    public static Sampler TwoStage(int hidden = 256, CodeTraining? training = null) => TwoStage(Network(hidden), Network(hidden), training);

    /// <summary>A second autoencoder of two networks.</summary>
    public static Sampler TwoStage(Network encoder, Network decoder, CodeTraining? training = null) =>
        new Sampler.TwoStage(encoder, decoder, training ?? CodeTrainings.Adam());

    /// <summary>N(0, I) through flows.</summary>
    public static Sampler Flow(ValueList<Flow> flows, CodeTraining? training = null) => new Sampler.Transformed(flows, training ?? CodeTrainings.Adam());

    /// <summary>The posteriors of so many training examples.</summary>
    public static Sampler Vamp(int components = 500) => new Sampler.Vamp(components);

    /// <summary>Its name for people.</summary>
    public static string Name(Sampler sampler) => sampler.Match(
        prior: _ => "the prior",
        mixture: m => $"a mixture of {m.Components} normals with full covariances",
        twoStage: _ => "a second autoencoder of codes",
        transformed: t => $"flows of codes ({Flows.Names(t.Steps)})",
        vamp: v => $"the posteriors of {v.Components} training examples");

    /// <summary>Whether draws are made by something that was fitted to codes.</summary>
    public static bool IsFitted(Sampler sampler) => sampler is not Sampler.Prior;

    /// <summary>The second autoencoder, of z of a length.</summary>
    public static VaeSpec SecondStage(Sampler.TwoStage sampler, int latent, Condition condition) => new(
        Shape.Vector(latent), latent, sampler.Encoder, sampler.Decoder,
        Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(Scales.Shared), condition);

    /// <summary>A code from the second autoencoder: what its decoder gives [B, D], and noise [B, D] from N(0, 1) by the σ that it has learned.</summary>
    public static T SecondStageDraw<T>(T outputs, PartState<T> likelihood, T noise) where T : struct, ITensor<T> =>
        outputs + T.Exp(Scales.Shared.Log(likelihood, outputs, outputs, 2)) * noise;

    /// <summary>What is wrong with a sampler for a model without problems.</summary>
    public static ValueList<Problem> Problems(Sampler sampler, VaeSpec model, string path = "sampler")
    {
        var together = Together(sampler, model, path);
        return together.Count > 0 ? together : sampler.Match(
            prior: _ => [],
            mixture: m => Rules.Size($"{path}.components", m.Components),
            twoStage: t => [.. Training(t.Training, $"{path}.training"), .. Specs.Problems(SecondStage(t, model.Latent, model.Condition), path)],
            transformed: t => [.. Training(t.Training, $"{path}.training"), .. Flows.Problems(t.Steps, model.Latent, inPosterior: false, $"{path}.steps")],
            vamp: v => Rules.Size($"{path}.components", v.Components));
    }

    /// <summary>The same with how many codes there are to fit to, of a model that is told a label those of the rarest class.</summary>
    public static ValueList<Problem> Problems(Sampler sampler, VaeSpec model, int codes, string path = "sampler")
    {
        var problems = Problems(sampler, model, path);
        var of = model.Condition is Condition.Label ? "codes of the rarest class" : "codes";
        return problems.Count > 0 ? problems : sampler.Match(
            prior: _ => [],
            mixture: m => Rules.If((long)m.Components * (model.Latent + 1) > codes, $"{path}.components",
                $"must be at most {codes / (model.Latent + 1)} for {codes} {of} of {model.Latent} numbers, {model.Latent + 1} each", m.Components),
            twoStage: _ => Rules.If(codes < 1, path, "must have at least one code of each class to fit to", codes),
            transformed: _ => Rules.If(codes < 1, path, "must have at least one code to fit to", codes),
            vamp: v => Rules.If(v.Components > codes, $"{path}.components", $"must be at most the {codes} {of}", v.Components));
    }

    private static Network Network(int hidden) => new([Layers.Linear(hidden), Layers.Relu, Layers.Linear(hidden), Layers.Relu], Heads.Dense);

    private static ValueList<Problem> Together(Sampler sampler, VaeSpec model, string path)
    {
        var (posterior, isPrior, isVamp) = (model.Posterior.Formulas(), sampler is Sampler.Prior, sampler is Sampler.Vamp);
        return [
            .. Rules.If(isPrior && !posterior.HasDensity, path, "must be fitted to codes (mixture, two-stage or flow) with a point: an autoencoder learns no distribution of them", Name(sampler)),
            .. Rules.If(isVamp && !posterior.HasDensity, path, "must be another with a point, with which it would give back the codes of training examples", Name(sampler)),
            .. Rules.If(!isPrior && model.Latent == 0, path, "must be the prior of a model without a latent, which has no codes", Name(sampler)),
            .. Rules.If(!isPrior && !isVamp && posterior.Support != Supports.Reals, path,
                $"must be the prior or vamp with the posterior {posterior.Name}, whose codes lie elsewhere ({posterior.Support.Name})", Name(sampler)),
            .. Rules.If(!isPrior && !(model.Condition is Condition.None || model.Condition is Condition.Label && sampler is not Sampler.Transformed), path,
                sampler is Sampler.Transformed ? "must be another in a model with a condition, which flows of codes are not told" : "must be the prior in a model with a condition that is no label",
                Name(sampler))];
    }

    private static ValueList<Problem> Training(CodeTraining training, string path) => [
        .. Rules.AtLeast($"{path}.epochs", training.Epochs, 1), .. Rules.AtLeast($"{path}.batch", training.Batch, 1),
        .. Specs.Optimizer(training.Optimizer, $"{path}.optimizer"), .. ScheduleRules.Of(training.LearningRate, $"{path}.learningRate")];
}
