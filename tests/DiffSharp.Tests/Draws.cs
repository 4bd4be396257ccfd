namespace Vae.DiffSharp.Tests;

/// <summary>Arrays for formulas: every other number is an edge, the others lie between.</summary>
internal static class Draws
{
    public static Func<Random, NdArray> Reals(params int[] dims) => Mixed([-40, -1, 0, 1e-8, 1, 40], -3, 3, dims);

    public static Func<Random, NdArray> LogVariances(params int[] dims) => Mixed([-30, 0, 30], -4, 4, dims);

    public static Func<Random, NdArray> Logits(params int[] dims) => Mixed([-60, 0, 60], -8, 8, dims);

    public static Func<Random, NdArray> Pixels(params int[] dims) => Mixed([0, 1], 0, 1, dims);

    public static Func<Random, NdArray> Positives(params int[] dims) => Mixed([1e-30, 1, 1e30], 0.1, 9, dims);

    /// <summary>Means in the first half of the second axis, log-variances in the other.</summary>
    public static Func<Random, NdArray> Parameters(int batch, int latent) => random =>
    {
        double[] means = Reals(batch, latent)(random).ToArray(), logVars = LogVariances(batch, latent)(random).ToArray();
        return NdArray.FromValues([.. means.Chunk(latent).Zip(logVars.Chunk(latent), (a, b) => a.Concat(b)).SelectMany(row => row)],
            batch, 2 * latent);
    };

    private static Func<Random, NdArray> Mixed(double[] edges, double low, double high, int[] dims) => random =>
        NdArray.FromValues([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ =>
            random.Next(2) == 0 ? edges[random.Next(edges.Length)] : low + (high - low) * random.NextDouble())], dims);
}
