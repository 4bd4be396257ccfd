using System.Diagnostics;
using System.Globalization;
using Vae.Cli;

namespace Vae.Benchmarks;

/// <summary>Trains on made counts and measures what codes tell of the known groups, and how near denoised means are to the true ones.</summary>
/// <param name="Folder">Where counts, run and answers go.</param>
/// <param name="Cells">Number of rows.</param>
/// <param name="Genes">Number of columns.</param>
/// <param name="Threads">Of libtorch.</param>
internal sealed record CountFigures(string Folder, int Cells, int Genes, int Threads)
{
    public int Run(ValueList<int> seeds)
    {
        Console.WriteLine($"{Cells:N0} × {Genes:N0} counts of {MadeCounts.GroupCount} groups; errors are root mean squared, of ln(1 + mean)");
        Console.WriteLine($"{"seed",4}{"training s",12}{"ARI of codes",14}{"of ln(1 + x)",14}{"error of means",16}{"of counts",11}");
        foreach (var seed in seeds)
            Measure(seed);
        return 0;
    }

    private void Measure(int seed)
    {
        var (made, folder) = (MadeCounts.Draw(Cells, Genes, seed), Path.Combine(Folder, $"counts-{seed}"));
        string In(string file) => Path.Combine(folder, file);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        TableWriter.Write(In("counts.csv"), ValueList.From(Enumerable.Range(0, Genes).Select(i => $"gene {i}")),
            made.Counts.Select(row => ValueList.From(row.Select(count => count.ToString(CultureInfo.InvariantCulture)))));
        var clock = Stopwatch.StartNew();
        Vae("train", In("counts.csv"), "--likelihood", "negative-binomial:library", "--epochs", "40", "--seed", $"{seed}",
            "--threads", $"{Threads}", "--out", In("run"));
        var seconds = clock.Elapsed.TotalSeconds;
        Vae("encode", In("run"), "--data", In("counts.csv"), "--out", In("codes.csv"));
        Vae("reconstruct", In("run"), "--data", In("counts.csv"), "--out", In("means.csv"));
        double[][] codes = Read(In("codes.csv"), 1), means = Read(In("means.csv"), 0);
        double[][] logs = [.. made.Counts.Select(row => row.Select(count => Math.Log(1.0 + count)).ToArray())];
        Console.WriteLine(FormattableString.Invariant($"{seed,4}{seconds,12:0}{Agreement(codes, made.Groups),14:0.000}")
            + FormattableString.Invariant($"{Agreement(logs, made.Groups),14:0.000}{Error(means, made.Means),16:0.000}")
            + FormattableString.Invariant($"{Error([.. made.Counts.Select(row => row.Select(count => (double)count).ToArray())], made.Means),11:0.000}"));
    }

    private static double Agreement(double[][] rows, int[] groups)
    {
        var points = NdArray.FromValues([.. rows.SelectMany(row => row)], rows.Length, rows[0].Length);
        return Partitions.AdjustedRandIndex(
            KMeans.Clusters(points, MadeCounts.GroupCount, KeyedRandom.FromSeed(1), starts: 5).AsSpan(), groups);
    }

    private static double Error(double[][] rows, double[][] truth) => Math.Sqrt(rows.Zip(truth).Average(pair =>
        pair.First.Zip(pair.Second).Average(cell => Math.Pow(Math.Log((1 + cell.First) / (1 + cell.Second)), 2))));

    private static double[][] Read(string file, int skip) => [.. File.ReadLines(file).Skip(1).Select(line =>
        line.Split(',').Skip(skip).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];

    private static void Vae(params string[] args)
    {
        using var output = new StringWriter();
        if (VaeCommand.Run(args, output, Console.Error).GetAwaiter().GetResult() != VaeCommand.Success)
            throw new VaeException($"vae {string.Join(' ', args)} failed");
    }
}
