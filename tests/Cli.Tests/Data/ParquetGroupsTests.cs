using Parquet;
using Parquet.Schema;

namespace Vae.Cli.Tests;

/// <summary>A Parquet file that is read by row groups is the file that is held in memory.</summary>
public sealed class ParquetGroupsTests : IDisposable
{
    private const int Rows = 400;

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private static readonly int[] Groups = [90, 1, 0, 60, 60, 60, 60, 69];

    private string Write()
    {
        var path = cli.Path("t.parquet");
        DataField[] fields = [
            new DataField<double?>("x"), new DataField<double>("y"), new DataField<string>("kind"), new DataField<long>("label")];
        using var stream = File.Create(path);
        var (writer, first) = (ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).GetAwaiter().GetResult(), 0);
        foreach (var count in Groups)
        {
            using var group = writer.CreateRowGroup();
            int[] rows = [.. Enumerable.Range(first, count)];
            double Number(int row, int salt) => Math.Round(KeyedRandom.FromSeed((ulong)salt).Bell(row) + row / 100.0, 4);
            group.WriteAsync<double>(fields[0], Array.ConvertAll(rows, row => row % 17 == 0 ? (double?)null : Number(row, 1)).AsMemory())
                .GetAwaiter().GetResult();
            group.WriteAsync<double>(fields[1], Array.ConvertAll(rows, row => Number(row, 2)).AsMemory()).GetAwaiter().GetResult();
            group.WriteAsync(fields[2], Array.ConvertAll(rows, row => $"kind {row % 3}")).GetAwaiter().GetResult();
            group.WriteAsync<long>(fields[3], Array.ConvertAll(rows, row => row % 2L).AsMemory()).GetAwaiter().GetResult();
            first += count;
        }
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return path;
    }

    private static DataOptions Options(TableInference table, long memory) => new(
        Validation: 0.1, Test: 0.2, RawValues: true, Masked: true, Memory: memory, Schema: table.Schema, Tables: ParquetTables.Format,
        ShuffleBlocks: 2);

    [Fact]
    public void ItsColumnsAreUnderstoodAsInMemory()
    {
        var path = Write();
        TableFile groups = TableFile.OpenInGroups(path, ParquetTables.Format), whole = TableFile.Open(path, ParquetTables.Format);
        Assert.Equal((whole.Count, whole.Names), (groups.Count, groups.Names));
        Assert.Equal(whole.Infer(), groups.Infer());
        var schema = whole.Infer().Schema;
        Assert.Equal(whole.Read(schema, true).Facts(), groups.Read(schema, true).Facts());
        Assert.Equal(whole.OfNumbers(Likelihoods.Bernoulli), groups.OfNumbers(Likelihoods.Bernoulli));
    }

    [Fact]
    public void ItTrainsToTheSameBitsAndHoldsFewGroups()
    {
        var path = Write();
        var table = TableFile.OpenInGroups(path, ParquetTables.Format).Infer();
        var bytes = table.Schema.Width * 2 * sizeof(float);
        DataSplit held = DataSources.Load(path, Options(table, 0)), read = DataSources.Load(path, Options(table, 4 * 90 * bytes));
        Assert.True(held.Train.Pixels.Stored is null && read.Train.Pixels.Stored is not null);
        Assert.Equal((Rows, held.Train.Facts()), (read.Train.Count + read.Validation.Count + read.Test.Count, read.Train.Facts()));
        Assert.Equal(held.Train.Labels.ToArray(), read.Train.Labels.ToArray());
        Assert.Equal(held.Train.Blocks.ToArray(), read.Train.Blocks.ToArray());
        var spec = new DataSpec("t", Binarizations.None, 0.1, RawValues: true, Masked: true, Schema: table.Schema, ShuffleBlocks: 2);
        var model = Zoo.Mlp(held.Train.Shape, 2, 8).With(likelihood: Likelihoods.OfTable(table.Schema, true));
        var experiment = new Experiment(model, Objectives.Elbo, spec, new(
            3, 16, 1, Optimizers.Adam(), Schedules.Constant(0.01), Clippings.None, Averagings.None, Stoppings.Never));
        var files = new[] { held, read }.Select((split, i) => File.ReadAllBytes(RunFolder.Open(
            Trainer.Train(experiment, split, new(cli.Path($"run{i}"), Threads: 1)).Run).ModelFile)).ToList();
        Assert.Equal(files[0], files[1]);
    }

    [Fact]
    public void GroupsThatAreTooLargeAndWrongCellsAreOneSentence()
    {
        var path = Write();
        var table = TableFile.OpenInGroups(path, ParquetTables.Format).Infer();
        Assert.StartsWith("data.memory: must be at least 1 MiB to hold 4 row groups of ",
            Assert.Throws<VaeException>(() => DataSources.Load(path, Options(table, 100))).Message, StringComparison.Ordinal);
        Assert.Contains(":1:1: must be a number, got '' (missing values need data.masked=true) in column x, and in",
            Assert.Throws<VaeException>(() => DataSources.Load(path, Options(table, 0) with { Masked = false })).Message,
            StringComparison.Ordinal);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^200]);
        Assert.StartsWith($"{path}: must be a readable, undamaged file, got: not a Parquet file",
            Assert.Throws<VaeException>(() => DataSources.Load(path, Options(table, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfTextsDividesRowsAndAMisspeltColumnIsRefused()
    {
        var path = Write();
        var options = Options(TableFile.OpenInGroups(path, ParquetTables.Format).Infer(), 0);
        File.WriteAllLines(cli.Path("parts.txt"), Enumerable.Range(0, Rows).Select(row => row % 4 == 0 ? "test" : "train"));
        File.WriteAllLines(cli.Path("groups.txt"), Enumerable.Range(0, Rows).Select(row => $"{row / 50}"));
        var given = DataSources.Load(path, options with { Split = SplitRules.Given(cli.Path("parts.txt")) });
        Assert.Equal(Rows / 4, given.Test.Count);
        var grouped = DataSources.Load(path, options with { Split = SplitRules.Grouped(cli.Path("groups.txt")) });
        Assert.Equal((Rows, 0), (grouped.Train.Count + grouped.Validation.Count + grouped.Test.Count, grouped.Test.Count % 50));
        foreach (var rule in new[] { SplitRules.Given("knd"), SplitRules.Grouped("knd") })
            Assert.StartsWith($"data.split: must name a column of ",
                Assert.Throws<VaeException>(() => DataSources.Load(path, options with { Split = rule })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCommandTrainsOnGroups()
    {
        var (path, run) = (Write(), cli.Path("run"));
        var called = Cli.Call("train", path, "--shuffle-blocks", "2", "--epochs", "1", "--out", run, "--threads", "1");
        Assert.True(called.Code == VaeCommand.Success, called.Error);
        Assert.Equal(2, RunFolder.Open(run).Experiment().Data.ShuffleBlocks);
    }
}
