namespace Vae.Benchmarks;

/// <summary>Counts from a known model: cells of several groups, each of which has rates of its own for a tenth of the genes.</summary>
/// <param name="Counts">[cells, genes]; negative binomial with the means and the inverse dispersion 2.</param>
/// <param name="Means">[cells, genes]: the size of the cell times the rate of the gene in its group.</param>
/// <param name="Groups">The group of each cell.</param>
internal sealed record MadeCounts(int[][] Counts, double[][] Means, int[] Groups)
{
    public const int GroupCount = 6;

    private const int Shape = 2;
    private const double Marked = 0.1;

    // The mean of the logarithm of a gene's rate, and deviations: of that, of what marks a group, of the sizes of cells.
    private const double LogRate = 0, RateDeviation = 1, MarkDeviation = 1, SizeDeviation = 0.3;

    public static MadeCounts Draw(int cells, int genes, int seed)
    {
        var random = new Random(seed);
        double[] rates = [.. Enumerable.Range(0, genes).Select(_ => Math.Exp(LogRate + RateDeviation * People.Normal(random)))];
        double[][] profiles = [.. Enumerable.Range(0, GroupCount).Select(_ => rates.Select(rate =>
            random.NextDouble() < Marked ? rate * Math.Exp(MarkDeviation * People.Normal(random)) : rate).ToArray())];
        int[] groups = [.. Enumerable.Range(0, cells).Select(_ => random.Next(GroupCount))];
        double[][] means = [.. groups.Select(group =>
        {
            var size = Math.Exp(SizeDeviation * People.Normal(random));
            return profiles[group].Select(rate => size * rate).ToArray();
        })];
        return new([.. means.Select(row => row.Select(mean =>
            People.Poisson(random, mean * People.Gamma(random, Shape) / Shape)).ToArray())], means, groups);
    }
}
