using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using FsCheck;
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

    [Fact]
    public void SmoothModelsAreSoundAndHaveNeitherKinksNorDropout()
    {
        var models = Generators.Model(smooth: true).Sample(500, new Rnd(11, 21), 50);
        Assert.All(models, spec => Assert.Equal([], Vae.Specs.Problems(spec)));
        Assert.DoesNotContain(models.SelectMany(Parts), part =>
            part is Activation.Relu or Activation.LeakyRelu or Activation.Elu { Alpha: not 1 } or Layer.Dropout);
    }

    [Fact]
    public void GeneratedRunsAndSamplersReachEveryCaseOfEveryHierarchy()
    {
        var cases = typeof(VaeSpec).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(), (_, attribute) => attribute.DerivedType);
        IEnumerable<object> made = [.. Generators.Experiment().Sample(500, new Rnd(11, 19), 50),
            .. Generators.SamplerChoice().Sample(100, new Rnd(11, 23), 50)];
        var reached = made.SelectMany(Parts).Select(part => part.GetType()).ToHashSet();
        // Parts of an application are made where they are tested.
        Assert.Equal([], cases.Where(type => type.Name != "Custom" && !reached.Contains(type)).Select(type => type.FullName));
    }

    private static IEnumerable<object> Parts(object value) =>
        value is IEnumerable items and not string ? items.Cast<object>().SelectMany(Parts)
        : value is Shape || value.GetType().Namespace != nameof(Vae) ? []
        : value.GetType().GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Parts(property.GetValue(value)!)).Prepend(value);
}
