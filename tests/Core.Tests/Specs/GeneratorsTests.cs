using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Vae.Tests;

public class GeneratorsTests
{
    [Property(Replay = "11,13", MaxTest = 1000, Arbitrary = [typeof(Generators)])]
    public void GeneratedModelsHaveNoProblems(VaeSpec spec) => Assert.Equal([], Vae.Specs.Problems(spec));

    [Property(Replay = "11,15", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void GeneratedRunsHaveNoProblems(Experiment experiment) => Assert.Equal([], Vae.Specs.Problems(experiment));

    [Property(Replay = "11,17", MaxTest = 1000, Arbitrary = [typeof(Generators)])]
    public void GeneratedModelsAreSmall(VaeSpec spec) => Assert.InRange(Parameters.Count(spec), 1, 60_000);
}
