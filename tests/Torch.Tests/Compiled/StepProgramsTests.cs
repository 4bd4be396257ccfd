namespace Vae.Tests;

public class StepProgramsTests
{
    private static Experiment Experiment { get; } = new(
        Zoo.Conv(Shape.Image(3, 8, 8)).With(condition: Conditions.Label(2)), Objectives.ImportanceWeighted(4),
        new DataSpec("digits", Binarizations.None, 0, 0), Twins.Train(16));

    [Fact]
    public void TheTextNamesEveryTrainedTensorAndItsGradient()
    {
        var text = StepPrograms.Text(Experiment.Model, Experiment.Objective, 16, Experiment.Train);
        foreach (var name in Parameters.Of(Experiment.Model).Where(p => p.Trained).Select(p => p.Name.Replace('.', '_')))
        {
            Assert.Contains($"    {name}: Tensor,", text, StringComparison.Ordinal);
            Assert.Contains($"    d_{name}: Tensor,", text, StringComparison.Ordinal);
        }
        Assert.Contains("# encoder.0: 4×4 convolution, 5×8×8 → 32×4×4", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExperimentWithProblemsHasNone() =>
        Assert.StartsWith("model.latent: ", Assert.Throws<VaeException>(() =>
            StepPrograms.Text(Experiment.Model.With(latent: -1), Experiment.Objective, 16)).Message, StringComparison.Ordinal);

    [Fact]
    public void AModelThatIsNotCoveredHasNone() =>
        Assert.StartsWith("program: covers", Assert.Throws<VaeException>(() =>
            StepPrograms.Text(Zoo.Mlp(Shape.Vector(4)).With(posterior: Posteriors.Point), Objectives.Reconstruction, 16)).Message, StringComparison.Ordinal);
}
