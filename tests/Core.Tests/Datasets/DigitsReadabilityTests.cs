namespace Vae.Tests;

/// <summary>Two simple classifiers, in place of a person: classes must be distinguishable, and not by their mean alone.</summary>
public class DigitsReadabilityTests
{
    private const int Seen = 2000, Asked = 500;

    private static readonly byte[][] Shown = [.. Enumerable.Range(0, Seen).Select(k => Digits.Draw(0, k))];
    private static readonly int[] Names = [.. Enumerable.Range(0, Seen).Select(k => Digits.Label(0, k))];

    [Fact]
    public void TheNearestNeighbourClassifiesTheMajorityOfTestDigits() =>
        // On MNIST the same reader has about 0.906; chance is 0.1.
        Assert.InRange(Accuracy(picture => Names[Nearest(Shown, picture)]), 0.88, 0.97);

    [Fact]
    public void TheNearestClassMeanIsNotEnough()
    {
        byte[][] means = [.. Enumerable.Range(0, Digits.Classes).Select(Mean)];
        // On MNIST the same reader has about 0.82.
        Assert.InRange(Accuracy(picture => Nearest(means, picture)), 0.70, 0.88);
    }

    private static double Accuracy(Func<byte[], int> read) => Enumerable.Range(Digits.TrainCount, Asked)
        .Count(k => read(Digits.Draw(0, k)) == Digits.Label(0, k)) / (double)Asked;

    private static int Nearest(byte[][] pictures, byte[] picture) =>
        Enumerable.Range(0, pictures.Length).MinBy(k => SquaredDistance(pictures[k], picture));

    private static byte[] Mean(int label)
    {
        byte[][] ofClass = [.. Shown.Where((_, k) => Names[k] == label)];
        return [.. Enumerable.Range(0, Digits.Width * Digits.Height).Select(pixel => (byte)ofClass.Average(picture => picture[pixel]))];
    }

    private static int SquaredDistance(byte[] a, byte[] b)
    {
        var sum = 0;
        for (var k = 0; k < a.Length; k++)
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        return sum;
    }
}
