namespace Vae.Tests;

public class StepProgramsTests
{
    private static Experiment Experiment { get; } = new(
        Zoo.Conv(Shape.Image(3, 8, 8)).With(condition: Conditions.Label(2)), Objectives.ImportanceWeighted(4),
        new DataSpec("digits", Binarizations.None, 0, 0), PairedRuns.Train(16));

    [Fact]
    public void TheTextNamesEveryTrainedTensorAndItsGradient()
    {
        var text = StepPrograms.Text(Experiment.Model, Experiment.Objective, 16, Experiment.Train);
        foreach (var name in Parameters.List(Experiment.Model).Where(p => p.Trained).Select(p => p.Name.Replace('.', '_')))
        {
            Assert.Contains($"    {name}: Tensor,", text, StringComparison.Ordinal);
            Assert.Contains($"    d_{name}: Tensor,", text, StringComparison.Ordinal);
        }
        Assert.Contains("# encoder.0: conv2d 32, 4×4, stride 2, padding 1, 5×8×8 → 32×4×4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExperimentWithProblemsHasNone() =>
        Assert.StartsWith("model.latent: ", Assert.Throws<VaeException>(() =>
            StepPrograms.Text(Experiment.Model.With(latent: -1), Experiment.Objective, 16)).Message, StringComparison.Ordinal);

    [Fact]
    public void AModelThatIsNotCoveredHasNone() =>
        Assert.StartsWith("program: does not cover", Assert.Throws<VaeException>(() =>
            StepPrograms.Text(Zoo.Mlp(Shape.Vector(4)), Objectives.Factor(2), 16)).Message,
                StringComparison.Ordinal);

    [Theory]
    [InlineData("mlp")]
    [InlineData("conv")]
    public void TheMemoryOfActivationsIsProportionalToTheBatch(string name)
    {
        var spec = name == "mlp" ? Zoo.Mlp(Shape.Image(1, 28, 28)) : Zoo.Conv(Shape.Image(1, 28, 28));
        StepBytes half = StepPrograms.Memory(spec, Objectives.Elbo, 64), whole = StepPrograms.Memory(spec, Objectives.Elbo, 128);
        Assert.Equal(5L * 4 * Parameters.Count(spec), half.State);
        Assert.Equal(half.State, whole.State);
        Assert.InRange((double)whole.Activations!.Value / half.Activations!.Value, 1.999, 2);
        // At least the outputs of the decoder, and their gradient.
        Assert.True(whole.Activations >= 2L * 4 * 128 * 784);
    }

    [Fact]
    public void AutogradsMemoryIsNotForetold() =>
        Assert.Null(StepPrograms.Memory(Zoo.Mlp(Shape.Vector(4)), Objectives.Factor(2), 16).Activations);

    [Fact]
    public void WhatIsSpecialToAModelHasItsHeading()
    {
        var quadrants = StepPrograms.Text(
            Zoo.Quadrants(Shape.Image(1, 8, 8), hidden: 7), Objectives.Beta(Schedules.Constant(1), Capacities.Target(5)), 16);
        foreach (var heading in new[] { "# prior.1: linear 7, 64 → 7", "# the posterior and its draws", "# cross-entropy: −ln p(x|z)",
                "# the loss: elbo with a capacity", "counted: Tensor,  # [1, 1, 8, 8]" })
            Assert.Contains(heading, quadrants, StringComparison.Ordinal);
        var points = StepPrograms.Text(Zoo.Mlp(Shape.Vector(4)).With(posterior: Posteriors.Point), Objectives.Reconstruction, 16);
        Assert.DoesNotContain("    eps: Tensor", points, StringComparison.Ordinal);
    }
}
