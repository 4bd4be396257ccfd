namespace Vae.Tests;

/// <summary>Which objectives go with which models, and what is said of those that do not.</summary>
public class ObjectiveProblemsTests
{
    private static readonly VaeSpec Normal = Zoo.Mlp(Shape.Vector(6), 2, 5).With(likelihood: Likelihoods.Normal(1));
    private static readonly VaeSpec Point = Normal.With(posterior: Posteriors.Point);
    private static readonly VaeSpec Flow = Normal.With(posterior: Posteriors.Custom(new Secretive()));
    private static readonly VaeSpec Labelled = Normal.With(condition: Conditions.Label(3));
    private static readonly Schedule One = Schedules.Constant(1);

    private static readonly Dictionary<string, (VaeSpec Model, Objective Objective, string Problem)> Refused = new()
    {
        ["a point has no divergence"] = (
            Point, Objectives.TotalCorrelation(6),
            "objective: must be reconstruction, wae, rae or aae with the posterior point, "
                + "which has no density and so no divergence from a prior, got β-tc 6"),
        ["a point with β"] = (
            Point, Objectives.InfoVae(0, 2),
            "objective: must be reconstruction, wae, rae or aae with the posterior point, "
                + "which has no density and so no divergence from a prior, got mmd 1"),
        ["β-tc needs each latent"] = (
            Flow, Objectives.TotalCorrelation(6),
            "objective.regularizer: β-tc needs a posterior whose ln q(zᵢ|x) is known for each latent at any z, got secretive"),
        ["stl needs ln q"] = (
            Flow, Objectives.Beta(One, gradient: EncoderGradients.StickingTheLanding),
            "objective.gradient: must be total with a posterior "
                + "whose ln q(z|x) is known only at its own draws, got secretive"),
        ["dreg needs ln q"] = (
            Flow, Objectives.ImportanceWeighted(3, gradient: EncoderGradients.DoublyReparameterized),
            "objective.gradient: must be total with a posterior "
                + "whose ln q(z|x) is known only at its own draws, got secretive"),
        ["free bits need a closed form"] = (
            Flow, Objectives.Beta(One, Capacities.FreeBits(1)),
            "objective.capacity.perLatent: must be false if the KL of each latent has no closed form, got secretive and standard normal"),
        ["a capacity is of the divergence"] = (
            Normal, Objectives.Beta(One, Capacities.Target(1), EncoderGradients.StickingTheLanding),
            "objective.gradient: must be total with a capacity, "
                + "which applies to the KL itself and not to its draws, got sticking the landing"),
        ["the elbo has one draw"] = (
            Normal, Objectives.Beta(One, gradient: EncoderGradients.DoublyReparameterized),
            "objective.gradient: must be total or sticking the landing with the elbo, "
                + "whose single draw has the weight 1, got doubly reparameterized"),
        ["negative free bits"] = (
            Normal, Objectives.Beta(One, Capacities.FreeBits(-1)),
            "objective.capacity.nats: must be at least 0, got -1"),
        ["no groups"] = (
            Normal, Objectives.ImportanceWeighted(2, ImportanceBounds.Miwae(0)),
            "objective.bound.groups: must be at least 1, got 0"),
        ["too much elbo"] = (
            Normal, Objectives.ImportanceWeighted(2, ImportanceBounds.Ciwae(1.5)),
            "objective.bound.elbo: must lie in [0, 1], got 1.5"),
        ["no scales"] = (
            Normal, Objectives.Wasserstein(1, Kernels.InverseMultiquadratic([])),
            "objective.regularizer.kernel.scales: must have at least one, got none"),
        ["a discriminator of codes takes codes"] = (
            Normal, Objectives.Factor(1, Discriminators.Dense() with { Network = new([Layers.Conv2d(1, 1)], Heads.Dense) }),
            "objective.regularizer.discriminator.network.layers[0]: "
                + "conv2d needs an image [channels, height, width] (put a reshape before it), got 2"),
        ["a discriminator takes no condition"] = (
            Labelled, Objectives.VaeGan(1, Discriminators.Dense() with { Network = new([Layers.ConcatenateCondition(3)], Heads.Dense) }),
            "objective.discriminator.network.layers[0]: needs a model with a condition, got none"),
        ["a discriminator's learning rate"] = (
            Normal, Objectives.Adversarial(1, Discriminators.Dense(learningRate: -1)),
            "objective.regularizer.discriminator.learningRate.value: must be at least 0, got -1"),
        ["features of a layer"] = (
            Normal, Objectives.VaeGan(1, Discriminators.Dense(layers: 1), 9),
            "objective.featureLayers: must be at most the discriminator's 3 layers, got 9"),
        ["m2 needs a label"] = (
            Normal, Objectives.SemiSupervised(4, 1),
            "objective: m2 needs a model whose condition is a label, got none"),
        ["no labels at all"] = (Labelled, Objectives.SemiSupervised(0, 1), "objective.labelled: must be at least 1, got 0"),
        ["labels everywhere"] = (
            Labelled, Objectives.SemiSupervised(4, 1, labelledShare: 1), "objective.labelledShare: must lie in [0, 1), got 1"),
        ["a conditional prior needs a divergence"] = (
            Labelled.With(prior: Zoo.ConditionalPrior(4)), Objectives.Wasserstein(1),
            "objective: must have a KL term to train the prior (conditional), got mmd 1"),
        ["a warm-up ends"] = (
            Normal, Objectives.Beta(One, Capacities.Target(Schedules.Linear(0, 5, 99))),
            "objective.beta: must settle within the run's 10 epochs, got 99 epochs"),
    };

    public static TheoryData<string> Names => [.. Refused.Keys];

    [Theory, MemberData(nameof(Names))]
    public void WhatDoesNotGoTogetherIsRefusedWithItsReason(string name)
    {
        var (model, objective, problem) = Refused[name];
        Assert.Equal([problem], Specs.Problems(TrainRecipes.Default(model, "digits").With(objective: objective)).Select(p => p.ToString()));
    }

    [Fact]
    public void AnObjectiveIsRefusedWhereThePosteriorCannotServeIt()
    {
        foreach (var objective in new[]
        {
            Objectives.Elbo, Objectives.ImportanceWeighted(3, ImportanceBounds.Piwae(2)),
                Objectives.Beta(One, Capacities.FreeBits(1, perLatent: false)),
            Objectives.Factor(2), Objectives.Wasserstein(10), Objectives.Regularized(Regularizers.DipII(1, 1)),
        })
            Assert.Equal([], Specs.Problems(TrainRecipes.Default(Flow, "digits").With(objective: objective)));
    }

    [Fact]
    public void LabelsAreOfTheTrainingExamples()
    {
        var run = TrainRecipes.Default(Labelled, "digits").With(objective: Objectives.SemiSupervised(11, 1));
        Assert.Equal(["objective.labelled: must be at most the 10 training examples, got 11"],
            Specs.Problems(run, new(Shape.Vector(6), 10, 3, false)).Select(p => p.ToString()));
        Assert.Equal([], Specs.Problems(run, new(Shape.Vector(6), 11, 3, false)));
    }

    /// <summary>N(μ, I), which tells ln q at its own draws alone.</summary>
    private sealed record Secretive : IPosterior
    {
        public string Name => "secretive";

        public IPosterior With(ValueList<double> settings) => this;

        public long Outputs(int latent) => latent;

        public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => outputs;

        public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => 0.0 * outputs;

        public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
            new(outputs + noise, Normals.LogDensityStandard(noise));
    }
}
