namespace Vae.Tests;

/// <summary>Which value each text stands for.</summary>
public class TextValuesTests
{
    private static readonly Schedule Beta = Schedules.Linear(0, 1, 5);

    [Fact]
    public void Likelihoods()
    {
        Assert.Equal(Vae.Likelihoods.Masked(Vae.Likelihoods.Normal(Scales.Learned)), Read(SpecText.Likelihood("masked:normal:learned")));
        Assert.Equal(Vae.Likelihoods.OfColumns([Columns.Binary, Columns.Count, Columns.Count, Columns.Categorical(4),
            Columns.Continuous()]),
            Read(SpecText.Likelihood("columns:binary,count*2,categorical-4,continuous")));
        Assert.Equal(Vae.Likelihoods.ZeroInflatedNegativeBinomial(library: true), Read(SpecText.Likelihood("zero-inflated:library")));
        Assert.Equal(Vae.Likelihoods.DiscretizedLogistic(3, 16), Read(SpecText.Likelihood("discretized-logistic:3:16")));
        string[] bad = ["", "normal:", "normal:wide", "laplace:1:2", "categorical:x", "columns", "columns:", "columns:real",
            "columns:count*0",
            "masked", "masked:", "masked:masked:bernoulli", "poisson:libary", "normal:NaN", "normal:0,5"];
        Assert.All(bad, text => Assert.StartsWith("likelihood: must be cross-entropy, bernoulli",
            SpecText.Likelihood(text).Match(_ => "", problems => $"{problems[0]}")));
    }

    [Fact]
    public void Posteriors()
    {
        Assert.Equal(Vae.Posteriors.Transformed(Flows.Repeat(4, Flows.InverseAutoregressive(320))),
            Read(SpecText.Posterior("flow:iaf:4:320")));
        Assert.Equal(Vae.Posteriors.VectorQuantized(512, 64), Read(SpecText.Posterior("vq:512:64")));
        Assert.Equal(Vae.Posteriors.Categorical(10, Schedules.Constant(0.5)), Read(SpecText.Posterior("categorical:10:0.5")));
        Assert.Equal(Vae.Posteriors.Categorical(10, Schedules.Linear(1, 0.5, 3)),
            Read(SpecText.Posterior("categorical:10:linear:1:0.5:3")));
    }

    [Fact]
    public void Priors()
    {
        Assert.Equal(Vae.Priors.Vamp(500), Read(SpecText.Prior("vamp:500", Vae.Posteriors.DiagonalNormal)));
        Assert.Equal(Vae.Priors.AutoregressiveCodebook(Supports.Codes(512, 64)),
            Read(SpecText.Prior("autoregressive", Vae.Posteriors.VectorQuantized(512, 64))));
        Assert.Equal(Zoo.ConditionalPrior(8), Read(SpecText.Prior("conditional:8", Vae.Posteriors.DiagonalNormal)));
    }

    [Theory]
    [InlineData("von-mises-fisher")]
    [InlineData("categorical:5")]
    [InlineData("vq:16:2")]
    public void AUniformPriorIsThatOfThePosterior(string posterior)
    {
        var family = Read(SpecText.Posterior(posterior));
        Assert.Equal(Vae.Priors.Default(family), Read(SpecText.Prior("uniform", family)));
    }

    [Fact]
    public void Objectives()
    {
        Assert.Equal(Vae.Objectives.Beta(Beta), Goal("elbo"));
        Assert.Equal(
            Vae.Objectives.ImportanceWeighted(50, gradient: EncoderGradients.DoublyReparameterized, beta: Beta), Goal("iwae:50:dreg"));
        Assert.Equal(Vae.Objectives.ImportanceWeighted(8, ImportanceBounds.Piwae(4), EncoderGradients.StickingTheLanding, Beta),
            Goal("piwae:4:8:stl"));
        Assert.Equal(Vae.Objectives.Regularized(Regularizers.TotalCorrelation(5, stratified: true), Beta), Goal("beta-tc:6:stratified"));
        Assert.Equal(Vae.Objectives.Beta(Schedules.Constant(30), Capacities.Target(Schedules.Linear(0, 25, 10))),
            Goal("capacity:30:25:10"));
        Assert.Equal(Vae.Objectives.SemiSupervised(100, 100, labelledShare: 0.1), Goal("m2:100"));
        Assert.Equal(Vae.Objectives.SemiSupervised(100, 3, labelledShare: 0.2), Goal("m2:100:3:0.2"));
        Assert.Equal(Vae.Objectives.Code(0.5, DecoderPenalties.GradientPenalty(1e-6)), Goal("rae:0.5:gp:1e-6"));
    }

    [Fact]
    public void TheRest()
    {
        Assert.Equal(Schedules.WarmRestarts(4e-3, 0, 2, 2), Read(SpecText.Schedule("restarts:4e-3:0:2:2")));
        Assert.Equal(Schedules.Constant(-1), Read(SpecText.Schedule("-1")));
        Assert.Equal(Optimizers.AdamW(0.1), Read(SpecText.Optimizer("adamw:0.1")));
        Assert.Equal(Stoppings.Plateau(3, 0.3, 2), Read(SpecText.Reduction("0.3:2", 3)));
        Assert.Equal(Binarizations.Threshold(0.25), Read(SpecText.Binarization("threshold:0.25")));
        Assert.Equal(Samplers.Flow(Flows.Repeat(6, Flows.MaskedAutoregressive(128))), Read(SpecText.Sampler("flow")));
        Assert.Equal(Initializations.Glorot(), Read(SpecText.Initialization("glorot+data-bias")));
        Assert.Equal(Initializations.He(dataBias: false), Read(SpecText.Initialization("he")));
        Assert.Equal(Initializations.Uniform(2e-3), Read(SpecText.Initialization("uniform:2e-3+data-bias")));
        Assert.Equal(new Initialization(WeightSchemes.LeCun, ZeroBiases: true, DataBias: true),
            Read(SpecText.Initialization("lecun+zero-bias+data-bias")));
        Assert.Equal(Conditions.Labels([3, 6]), Read(SpecText.Condition("labels:3:6", new(Shape.Vector(4), 10, 0, false), "data")));
    }

    private static Objective Goal(string text) => Read(SpecText.Objective(text, Beta, 1_000));

    private static T Read<T>(Validated<T> of) => of.Match(value => value, problems => throw new ArgumentException($"{problems[0]}"));
}
