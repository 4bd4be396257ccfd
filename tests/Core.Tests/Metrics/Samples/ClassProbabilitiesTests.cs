namespace Vae.Tests;

public class ClassProbabilitiesTests
{
    private static NdArray Random(int count, int classes, int key)
    {
        var weights = NdArray.Exp(2.0 * Points.Normal(count, classes, key));
        return weights / NdArray.Reshape(NdArray.Sum(weights, 1), count, 1);
    }

    [Fact]
    public void CertainAndBalancedIsTheBest()
    {
        var perfect = Points.Diagonal([1, 1, 1, 1]);
        Assert.Equal(1, ClassProbabilities.Confidence(perfect));
        Assert.Equal(Math.Log(4), ClassProbabilities.Balance(perfect), 1e-15);
        Assert.Equal(0, ClassProbabilities.Uncertainty(perfect));
    }

    [Fact]
    public void OnePictureAgainAndAgainHasNoBalance()
    {
        var same = NdArray.FromValues([0, 1, 0, 0, 1, 0], 2, 3);
        Assert.Equal(0, ClassProbabilities.Balance(same));
        Assert.Equal(1, ClassProbabilities.Confidence(same));
    }

    [Fact]
    public void HandComputedRowsAreMet()
    {
        var rows = NdArray.FromValues([0.5, 0.5, 0.25, 0.75], 2, 2);
        Assert.Equal(0.625, ClassProbabilities.Confidence(rows), 1e-15);
        Assert.Equal(-(0.375 * Math.Log(0.375) + 0.625 * Math.Log(0.625)), ClassProbabilities.Balance(rows), 1e-15);
        Assert.Equal((Math.Log(2) - 0.25 * Math.Log(0.25) - 0.75 * Math.Log(0.75)) / 2, ClassProbabilities.Uncertainty(rows), 1e-15);
    }

    [Fact]
    public void UncertaintyIsNeverAboveBalance()
    {
        // Entropy is concave; the difference is the mutual information of picture and class.
        for (var key = 0; key < 50; key++)
        {
            var probabilities = Random(20, 6, key);
            Assert.InRange(ClassProbabilities.Uncertainty(probabilities), 0, ClassProbabilities.Balance(probabilities));
            Assert.InRange(ClassProbabilities.Balance(probabilities), 0, Math.Log(6));
            Assert.InRange(ClassProbabilities.Confidence(probabilities), 1 / 6.0, 1);
        }
    }
}
