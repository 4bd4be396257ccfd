using System.Globalization;
using System.Runtime.CompilerServices;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Vae.Hosting.Tests;

/// <summary>A run of a small table with holes, trained once for all tests.</summary>
public sealed class Served : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("vae-served-");

    public Served()
    {
        File.WriteAllText(Table, "size,kind,number\n" + string.Concat(Enumerable.Range(0, 200).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{(i % 7 == 0 ? "" : $"{1 + i % 9}.{i % 4}")},{(i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue")},{i * i % 11}\n"))));
        var table = TableFile.Open(Table).Infer();
        var data = new DataSpec(Table, Binarizations.None, RawValues: true, Masked: true, Schema: table.Schema);
        var split = DataSources.Load(data, "", seed: 1);
        var model = Zoo.Mlp(split.Train.Shape, latent: 2, hidden: 16).With(likelihood: Likelihoods.OfTable(table.Schema, isMasked: true));
        Trainer.Train(TrainRecipes.Default(model, Table, epochs: 3).With(data: data), split, new(Run));
    }

    public string Run => Path.Combine(root.FullName, "run");

    private string Table => Path.Combine(root.FullName, "table.csv");

    /// <summary>The cells of some rows, all different, some with holes.</summary>
    public static IReadOnlyList<Dictionary<string, string?>> Rows { get; } = [.. Enumerable.Range(0, 240).Select(Row)];

    private static Dictionary<string, string?> Row(int i) => new()
    {
        ["size"] = i % 5 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{1 + i % 9}.{i % 8}"),
        ["kind"] = i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue",
        ["number"] = $"{i % 11}",
    };

    public void Dispose() => root.Delete(recursive: true);
}

internal static class Setup
{
    [ModuleInitializer]
    internal static void LoadTorch() => TorchRuntime.Load();
}
