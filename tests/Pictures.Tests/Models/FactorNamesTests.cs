namespace Vae.Torch.Tests;

public class FactorNamesTests
{
    private const int Count = 400;

    private static readonly Dataset Plain = Dataset.Create(
        "plain", Shape.Image(1, 1, 1), Pixels.OfBytes(new byte[Count]), new int[Count], ["a"]);

    // Two independent factors of four and five values.
    private static readonly Dataset Factored = Plain.WithConditions(
        Enumerable.Range(0, Count).SelectMany(n => new float[] { n % 4, n / 4 % 5 }).ToArray(), 2);

    // The second factor reversed, the first one, both, and values that are independent of them.
    private static NdArray Codes() => NdArray.FromValues(
        [.. Enumerable.Range(0, Count).SelectMany(n => new double[] { -(n / 4 % 5), 3 + n % 4, n % 20, n / 20 % 20 })], Count, 4);

    [Fact]
    public void ADimensionIsNamedByTheFactorsThatItEncodes() =>
        Assert.Equal<string>(["c[1]", "c[0]", "c[0] and c[1]", ""], FactorNames.OfDimensions(Codes(), Factored));

    [Fact]
    public void WithoutKnownFactorsNoDimensionIsNamed() =>
        Assert.Equal<string>(["", "", "", ""], FactorNames.OfDimensions(Codes(), Plain));
}
