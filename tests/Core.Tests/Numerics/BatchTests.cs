namespace Vae.Tests;

public class BatchTests
{
    private const int Rows = 7;

    public static TheoryData<Formula> FormulasByRows => [.. Formulas.All.Where(formula => formula.ByRows)];

    [Theory]
    [MemberData(nameof(FormulasByRows))]
    public void AnExampleKnowsNothingOfItsBatch(Formula formula)
    {
        NdArray[] x = [.. Enumerable.Range(0, formula.Arguments).Select(i => Noise.AwayFromZero((ulong)i, Rows, Formula.Width))];
        var whole = formula.Evaluate(x);
        int[] order = [3, 0, 6, 1, 5, 2, 4];
        Assert.Equal(Chosen(whole, order).ToArray(), formula.Evaluate([.. x.Select(argument => Chosen(argument, order))]).ToArray());
        for (var row = 0; row < Rows; row++)
            Assert.Equal(Chosen(whole, row).ToArray(), formula.Evaluate([.. x.Select(argument => Chosen(argument, row))]).ToArray());
    }

    private static NdArray Chosen(NdArray x, params int[] rows)
    {
        var width = x.ToArray().Length / x.Dims[0];
        return NdArray.FromValues([.. rows.SelectMany(row => x.ToArray().Skip(row * width).Take(width))], [rows.Length, .. x.Dims[1..]]);
    }
}
