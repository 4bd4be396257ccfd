namespace Vae.Tests;

public class RecipesTests
{
    [Fact]
    public void TheRecipeIsSoundForEveryModelAndLength() => Assert.All(
        from name in Zoo.Names from epochs in new[] { 1, 2, 5, 10, 1000 } select (name, epochs),
        c => Assert.Equal([], Specs.Problems(Recipes.Default(
            Zoo.Find(c.name, Shape.Image(1, 28, 28)).Match(spec => spec, _ => throw new InvalidOperationException(c.name)),
            "digits", c.epochs))));

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void TheRateRisesToItsPeakAndEndsAtZero(int epochs)
    {
        var schedule = Recipes.LearningRate(epochs);
        var rates = Enumerable.Range(0, 10_001).Select(i => Schedules.At(schedule, epochs * i / 10_000.0)).ToArray();
        var peak = Array.IndexOf(rates, rates.Max());
        // The grid of a ten-thousandth of the run need not meet the very peak.
        Assert.InRange(rates[peak], 0.99 * Recipes.PeakRate, Recipes.PeakRate);
        Assert.Equal(rates[..peak].Order(), rates[..peak]);
        Assert.Equal(rates[peak..].OrderDescending(), rates[peak..]);
        Assert.True(rates[0] > 0);
        Assert.Equal(0, rates[^1], 1e-12);
    }
}
