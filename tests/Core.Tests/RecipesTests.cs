namespace Vae.Tests;

public class RecipesTests
{
    [Fact]
    public void TheRecipeIsSoundForEveryModelAndLength() => Assert.All(
        from name in Zoo.Names from epochs in new[] { 1, 2, 5, 10, 1000 } select (name, epochs),
        c => Assert.Equal([], Specs.Problems(TrainRecipes.Default(
            Zoo.Find(c.name, Shape.Image(1, 28, 28)).Match(spec => spec, _ => throw new InvalidOperationException(c.name)),
            "digits", c.epochs))));

    [Fact]
    public void EveryRecipeIsSoundForEveryModelAndLength() => Assert.All(
        from recipe in TrainRecipes.All from name in Zoo.Names from epochs in new[] { 0, 1, 7 } from samples in new[] { 0, 5 }
        where samples == 0 || name != "quadrants-baseline"
        select (recipe, name, epochs, samples),
        c => Assert.Equal([], Specs.Problems(c.recipe.For(Named(c.name), "digits", 1, c.epochs, c.samples))));

    private static VaeSpec Named(string name) =>
        Zoo.Find(name, Shape.Image(1, 28, 28)).Match(spec => spec, _ => throw new InvalidOperationException(name));

    [Fact]
    public void TheDefaultIsTheShortRecipe() =>
        Assert.Equal(
            TrainRecipes.Short.For(Zoo.Mlp(Shape.Vector(9)), "digits", 3), TrainRecipes.Default(Zoo.Mlp(Shape.Vector(9)), "digits", seed: 3));

    [Fact]
    public void BetaRisesOverAPartOfTheRun()
    {
        var beta = TrainRecipes.Published.Beta(Zoo.Mlp(Shape.Vector(9)), 50);
        Assert.Equal([0, 0.5, 1, 1], new[] { 0, 2.5, 5, 50 }.Select(epoch => Schedules.At(beta, epoch)));
        var ofLayers = TrainRecipes.Short.Beta(Zoo.Burda2(Shape.Vector(9)), 10);
        Assert.Equal([0, 0.5, 1, 1], new[] { 0, 1.25, 2.5, 10 }.Select(epoch => Schedules.At(ofLayers, epoch)));
    }

    [Theory]
    [InlineData("mlp", false), InlineData("conv", true), InlineData("burda", true)]
    [InlineData("burda2", true), InlineData("ladder", false), InlineData("top-down", true)]
    public void TanhAndConvolutionsGetTheirOutputBiasFromTheData(string name, bool ofData) => Assert.Equal(
        ofData, TrainRecipes.Initialization(Named(name)).DataBias);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void TheRateRisesToItsPeakAndEndsAtZero(int epochs)
    {
        var schedule = TrainRecipes.LearningRate(epochs);
        var rates = Enumerable.Range(0, 10_001).Select(i => Schedules.At(schedule, epochs * i / 10_000.0)).ToArray();
        var peak = Array.IndexOf(rates, rates.Max());
        // The grid of a ten-thousandth of the run need not meet the very peak.
        Assert.InRange(rates[peak], 0.99 * TrainRecipes.PeakRate, TrainRecipes.PeakRate);
        Assert.Equal(rates[..peak].Order(), rates[..peak]);
        Assert.Equal(rates[peak..].OrderDescending(), rates[peak..]);
        Assert.True(rates[0] > 0);
        Assert.Equal(0, rates[^1], 1e-12);
    }

    [Fact]
    public void ARecipesRateIsStretchedAndAnotherIsKept() => Assert.All(TrainRecipes.All, recipe =>
    {
        var train = recipe.For(Zoo.Mlp(Shape.Vector(9)), "digits", epochs: 4).Train;
        Assert.Equal(recipe.For(Zoo.Mlp(Shape.Vector(9)), "digits", epochs: 9).Train, TrainRecipes.Stretched(train, 9));
        Assert.Equal(train, TrainRecipes.Stretched(TrainRecipes.Stretched(train, 9), 4));
        var own = train.With(learningRate: Schedules.Cosine(1, 0, 4));
        Assert.Equal(own.With(epochs: 9), TrainRecipes.Stretched(own, 9));
    });
}
