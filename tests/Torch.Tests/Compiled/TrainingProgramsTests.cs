namespace Vae.Tests;

public class TrainingProgramsTests
{
    private static Experiment Experiment { get; } = new(
        Zoo.Conv(Shape.Image(3, 8, 8)).With(condition: Conditions.Label(2)), Objectives.ImportanceWeighted(4),
        new DataSpec("digits", Binarizations.None, 0, 0), Twins.Train(16));

    [Fact]
    public void TheTextNamesEveryTrainedTensorAndItsGradient()
    {
        var text = TrainingPrograms.Text(Experiment);
        foreach (var name in Parameters.Of(Experiment.Model).Where(p => p.Trained).Select(p => p.Name.Replace('.', '_')))
        {
            Assert.Contains($"    {name}: Tensor,", text, StringComparison.Ordinal);
            Assert.Contains($"    d_{name}: Tensor,", text, StringComparison.Ordinal);
        }
        Assert.Contains("# encoder.0: 4×4 convolution to 32 channels of 5×8×8", text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExperimentWithProblemsHasNone() =>
        Assert.StartsWith("model.latent: ", Assert.Throws<VaeException>(() =>
            TrainingPrograms.Text(Experiment.With(model: Experiment.Model.With(latent: 0)))).Message, StringComparison.Ordinal);
}
