namespace Vae.Tests;

public class WithoutTests
{
    private static Experiment Run(params string[] without) =>
        TrainRecipes.Default(Zoo.Mlp(Shape.Vector(4)), "digits")
            .With(data: new("digits", Binarizations.None, ExcludedClasses: ValueList.From(without)));

    [Fact]
    public void NoClassIsExcludedByDefault() => Assert.Empty(new DataSpec("digits", Binarizations.None).ExcludedClasses);

    [Fact]
    public void ARunFileThatDoesNotSpeakOfItReads()
    {
        var text = SpecJson.Write(Run());
        var older = text.Replace(",\n    \"excludedClasses\": []", "", StringComparison.Ordinal);
        Assert.NotEqual(text, older);
        Assert.Equal(Run(), SpecJson.ReadExperiment(older).Match(run => run, _ => Run("x")));
    }

    [Fact]
    public void WhatIsLeftOutIsPartOfTheRun()
    {
        Assert.NotEqual(Run(), Run("3"));
        Assert.Equal(Run("3", "8"), SpecJson.ReadExperiment(SpecJson.Write(Run("3", "8"))).Match(run => run, _ => Run()));
        Assert.Empty(Specs.Problems(Run("3", "8")));
    }

    [Fact]
    public void ANameThatIsNoneOrTwiceThereIsAProblem() =>
        Assert.Equal(
            ["data.excludedClasses[1]", "data.excludedClasses[2]"],
            Specs.Problems(Run("3", "3", " ")).Select(problem => problem.Path));
}
