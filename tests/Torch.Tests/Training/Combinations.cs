namespace Vae.Torch.Tests;

/// <summary>
/// A pair of parts as a run, or as a sampler for the model of one: what validation says of it, and what it is trained on.
/// </summary>
internal sealed record Pair(string Row, string Column, Experiment Run, DataSplit Data, bool Descends = true, Sampler? Sampler = null)
{
    public ValueList<Problem> Problems { get; } = Sampler is null ? Specs.Problems(Run, Data.Train.Facts())
        : Samplers.Problems(Sampler, Run.Model);

    public bool IsAllowed => Problems.Count == 0;
}

/// <summary>
/// The parts of a model by name, and all pairs of them: the one source of the tables in Core/README.md and of the tests that train pairs.
/// </summary>
internal static class Combinations
{
    private static readonly Discriminator Discriminator = Discriminators.Dense(8, 1, 1e-3);
    private static readonly Schedule One = Schedules.Constant(1);

    private static readonly Network Small = new([Layers.Linear(4), Layers.Tanh], Heads.Dense);

    private static Dictionary<string, Hierarchy> HierarchySpecs { get; } = new()
    {
        ["bottom-up layers"] = Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(2), Small, Small)]),
        ["ladder layers"] = Hierarchies.Ladder(
            Shape.Vector(2), [new(Shape.Vector(1), 4, Small, Small), new(Shape.Vector(1), 4, Small, Small)]),
        ["top-down layers"] = Hierarchies.TopDown(Shape.Vector(4), Shape.Vector(4), [new(Small, Stage)], Stage),
    };

    private static TopDownStage Stage => new(Shape.Vector(2), [Layers.Linear(4), Layers.Tanh], Small, new([], Heads.Dense),
        [Layers.Residual([Layers.Linear(4), Layers.Tanh])]);

    public static IReadOnlyDictionary<string, Posterior> AllPosteriors { get; } = new Dictionary<string, Posterior>
    {
        ["diagonal"] = Posteriors.DiagonalNormal,
        ["full"] = Posteriors.FullNormal,
        ["planar"] = Posteriors.Transformed(Flows.Repeat(3, Flows.Planar)),
        ["householder"] = Posteriors.Transformed(Flows.Repeat(2, Flows.Householder)),
        ["iaf"] = Posteriors.Transformed(Flows.Repeat(2, Flows.InverseAutoregressive(8))),
        ["coupling"] = Posteriors.Transformed(Flows.Repeat(2, Flows.AffineCoupling(8))),
        ["sphere"] = Posteriors.VonMisesFisher,
        ["categorical"] = Posteriors.Categorical(2, Schedules.Linear(1, 0.5, 2)),
        ["quantized"] = Posteriors.VectorQuantized(8, 2),
        ["bottom-up layers"] = Posteriors.Hierarchical(HierarchySpecs["bottom-up layers"]),
        ["ladder layers"] = Posteriors.Hierarchical(HierarchySpecs["ladder layers"]),
        ["top-down layers"] = Posteriors.Hierarchical(HierarchySpecs["top-down layers"]),
        ["point"] = Posteriors.Point,
    };

    public static IReadOnlyDictionary<string, Prior> AllPriors { get; } = new Dictionary<string, Prior>
    {
        ["standard"] = Priors.StandardNormal,
        ["learned"] = Priors.LearnedNormal,
        ["mixture"] = Priors.Mixture(3),
        ["vamp"] = Priors.Vamp(3),
        ["maf"] = Priors.Transformed(Flows.Repeat(2, Flows.MaskedAutoregressive(8))),
        ["coupling"] = Priors.Transformed([Flows.AffineCoupling(8), Flows.Householder, Flows.AffineCoupling(8)]),
        ["conditional"] = Zoo.ConditionalPrior(4),
        ["uniform sphere"] = Priors.Uniform(Supports.Sphere),
        ["uniform classes"] = Priors.Uniform(Supports.Categories(2)),
        ["autoregressive classes"] = Priors.AutoregressiveCodebook(Supports.Categories(2), 8),
        ["uniform codebook"] = Priors.Uniform(Supports.Codes(8, 2)),
        ["autoregressive codebook"] = Priors.AutoregressiveCodebook(Supports.Codes(8, 2), 8),
        ["bottom-up layers"] = Priors.Hierarchical(HierarchySpecs["bottom-up layers"]),
        ["ladder layers"] = Priors.Hierarchical(HierarchySpecs["ladder layers"], Priors.Mixture(3)),
        ["top-down layers"] = Priors.Hierarchical(
            HierarchySpecs["top-down layers"],
            Priors.Transformed(Flows.Repeat(2, Flows.MaskedAutoregressive(8)))),
    };

    /// <summary>What falls is the loss of a fixed batch; an adversary's rises and falls with the other's.</summary>
    public static IReadOnlyDictionary<string, (Objective Objective, bool Descends)> AllObjectives { get; } =
        new Dictionary<string, (Objective, bool)>
        {
            ["elbo"] = (Objectives.Elbo, true),
            ["elbo:stl"] = (Objectives.Beta(One, gradient: EncoderGradients.StickingTheLanding), true),
            ["capacity"] = (Objectives.Beta(Schedules.Constant(5), Capacities.Target(Schedules.Linear(0, 1, 1))), true),
            ["free bits"] = (Objectives.Beta(One, Capacities.FreeBits(0.1)), true),
            ["free bits in total"] = (Objectives.Beta(One, Capacities.FreeBits(0.1, perLatent: false)), true),
            ["iwae"] = (Objectives.ImportanceWeighted(3), true),
            ["iwae:stl"] = (Objectives.ImportanceWeighted(3, gradient: EncoderGradients.StickingTheLanding), true),
            ["iwae:dreg"] = (Objectives.ImportanceWeighted(3, gradient: EncoderGradients.DoublyReparameterized), true),
            ["miwae"] = (Objectives.ImportanceWeighted(3, ImportanceBounds.Miwae(2)), true),
            ["piwae"] = (Objectives.ImportanceWeighted(3, ImportanceBounds.Piwae(2)), true),
            ["piwae:dreg"] = (Objectives.ImportanceWeighted(3, ImportanceBounds.Piwae(2), EncoderGradients.DoublyReparameterized), true),
            ["ciwae"] = (Objectives.ImportanceWeighted(3, ImportanceBounds.Ciwae(0.5)), true),
            ["ciwae:dreg"] = (Objectives.ImportanceWeighted(3, ImportanceBounds.Ciwae(0.5), EncoderGradients.DoublyReparameterized), true),
            ["beta-tc"] = (Objectives.TotalCorrelation(6), true),
            ["beta-tc stratified"] = (Objectives.TotalCorrelation(6, stratified: true), true),
            ["factor"] = (Objectives.Factor(2, Discriminator), false),
            ["dip-i"] = (Objectives.Regularized(Regularizers.DipI(2, 2)), true),
            ["dip-ii"] = (Objectives.Regularized(Regularizers.DipII(2, 2)), true),
            ["info-vae"] = (Objectives.InfoVae(0.5, 10), true),
            ["wae"] = (Objectives.Wasserstein(10), true),
            ["rae"] = (Objectives.Code(0.1), true),
            ["rae:l2"] = (Objectives.Code(0.1, DecoderPenalties.WeightDecay(1e-3)), true),
            ["rae:gp"] = (Objectives.Code(0.1, DecoderPenalties.GradientPenalty(0.1)), true),
            ["aae"] = (Objectives.Adversarial(1, Discriminator), false),
            ["vae-gan"] = (Objectives.VaeGan(1, Discriminator), false),
            ["m2"] = (Objectives.SemiSupervised(4, 1, new([Layers.Linear(4), Layers.Tanh], Heads.Dense)), true),
            ["reconstruction"] = (Objectives.Reconstruction, true),
        };

    private static readonly CodeTraining Brief = CodeTrainings.Adam(epochs: 2, batch: 16);

    public static IReadOnlyDictionary<string, Sampler> AllSamplers { get; } = new Dictionary<string, Sampler>
    {
        ["prior"] = Samplers.Prior,
        ["mixture"] = Samplers.Mixture(2),
        ["two-stage"] = Samplers.TwoStage(8, Brief),
        ["flow"] = Samplers.Flow([Flows.MaskedAutoregressive(8), Flows.Householder, Flows.AffineCoupling(8)], Brief),
        ["vamp"] = Samplers.Vamp(5),
    };

    public static IReadOnlyDictionary<string, Likelihood> AllLikelihoods { get; } = new[]
    {
        "normal:1", "normal:learned", "normal:optimal", "laplace:learned", "cross-entropy", "bernoulli", "continuous-bernoulli",
            "student-t:learned", "log-normal:learned", "gamma", "ordinal:6", "beta-binomial:5",
            "beta", "categorical",
        "discretized-logistic:2", "poisson", "poisson:library", "negative-binomial", "zero-inflated",
        "columns:continuous,binary,categorical-3,count", "masked:normal:1", "masked:poisson",
    }.ToDictionary(text => text, text =>
        SpecText.Likelihood(text).Match(found => found, problems => throw new ArgumentException($"{problems}")));

    /// <summary>Each posterior with each prior; a point by reconstruction alone, since it has no divergence.</summary>
    public static IReadOnlyList<Pair> OfPosteriorsAndPriors { get; } = [
        .. from posterior in AllPosteriors
           from prior in AllPriors
           select Of(posterior.Key, prior.Key, Model(posterior.Value, prior.Value, prior.Value is Prior.Conditional),
               posterior.Value is Posterior.Point ? Objectives.Reconstruction : Objectives.Elbo)];

    /// <summary>Each objective with each posterior, whose prior is the simplest that fits it.</summary>
    public static IReadOnlyList<Pair> OfObjectivesAndPosteriors { get; } = [
        .. from objective in AllObjectives
           from posterior in AllPosteriors
           select Of(objective.Key, posterior.Key,
               Model(posterior.Value, Priors.Default(posterior.Value), objective.Value.Objective is Objective.SemiSupervised),
               objective.Value.Objective, objective.Value.Descends)];

    /// <summary>Each likelihood with data of each kind.</summary>
    public static IReadOnlyList<Pair> OfLikelihoodsAndData { get; } = [
        .. from likelihood in AllLikelihoods
           from data in MadeData.Kinds
           select new Pair(likelihood.Key, data.Key,
               Run(Zoo.Mlp(data.Value.Train.Shape, 2, 8).With(likelihood: likelihood.Value), Objectives.Elbo), data.Value)];

    /// <summary>Each sampler with models of each posterior, and with conditional models.</summary>
    public static IReadOnlyList<Pair> OfSamplersAndModels { get; } = [
        .. from sampler in AllSamplers
           from model in SampledModels
           select new Pair(sampler.Key, model.Key, Run(model.Value, Objectives.Reconstruction),
               new(MadeData.Conditioned, MadeData.Conditioned, MadeData.Conditioned), Sampler: sampler.Value)];

    private static IEnumerable<KeyValuePair<string, VaeSpec>> SampledModels => [
        .. AllPosteriors.Select(posterior => KeyValuePair.Create(
            posterior.Key, Model(posterior.Value, Priors.Default(posterior.Value), isConditional: false))),
        new("conditioned on a label", Model(Posteriors.DiagonalNormal, Priors.StandardNormal, isConditional: true)),
        new("conditioned on numbers",
            Model(Posteriors.DiagonalNormal, Priors.StandardNormal, isConditional: false).With(condition: Conditions.Vector(2)))];

    private static VaeSpec Model(Posterior posterior, Prior prior, bool isConditional) =>
        Zoo.Mlp(MadeData.Greyscale.Train.Shape, 4, 8).With(
        posterior: posterior, prior: prior, condition: isConditional ? Conditions.Label(MadeData.Classes) : Conditions.None);

    private static Pair Of(string row, string column, VaeSpec model, Objective objective, bool descends = true) =>
        new(row, column, Run(model, objective), MadeData.Greyscale, descends);

    private static Experiment Run(VaeSpec model, Objective objective)
    {
        var run = TrainRecipes.Default(model, "made", epochs: 1);
        return run.With(objective: objective, train: run.Train.With(batch: 16, learningRate: Schedules.Constant(0.01)));
    }
}
