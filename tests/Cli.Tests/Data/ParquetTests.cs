using System.Globalization;
using Parquet;
using Parquet.Schema;
using Vae.Torch.Tests;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>Parquet files go in and come out as tables of text do.</summary>
public sealed class ParquetTests(ITestOutputHelper output) : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task WhatIsWrittenIsReadBack()
    {
        ValueList<string> header = ["whole", "number", "code", "word", "empty", "mixed"];
        ValueList<string>[] rows = [
            ["1", "1.5", "007", "a \"b\", c", "", "1"], ["-20", "", "012", "", "", "x"], ["", "1e-30", "", "ü", "", "2"]];
        TableWriter.Write(cli.Path("t.parquet"), header, rows, ParquetTables.Format);
        await using var stream = File.OpenRead(cli.Path("t.parquet"));
        var read = ParquetTables.Format.Read(stream);
        Assert.Equal(header, read.Names);
        Assert.Equal(
            rows.SelectMany(row => row).Select(text => text == "1e-30" ? "1E-30" : text), read.Rows.SelectMany(row => row));
        Assert.Equal([typeof(long), typeof(double)],
            (await ParquetReader.ReadSchemaAsync(stream)).DataFields.Take(2).Select(field => field.ClrType));
    }

    [Fact]
    public async Task EveryScalarTypeHasAText()
    {
        DataField[] fields = [
            new DataField<bool>("bool"), new DataField<float?>("float"), new DataField<int>("int"), new DataField<DateTime>("day"),
            new DataField<DateTime?>("moment"), new DataField<decimal>("decimal"), new DataField("list", typeof(int), isArray: true)];
        await using (var stream = File.Create(cli.Path("types.parquet")))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<bool>(fields[0], new[] { true, false }.AsMemory());
            await group.WriteAsync<float>(fields[1], new float?[] { 0.1f, null }.AsMemory());
            await group.WriteAsync<int>(fields[2], new[] { 3, -4 }.AsMemory());
            await group.WriteAsync<DateTime>(fields[3], new[] { new DateTime(2020, 1, 2), new DateTime(2021, 3, 4) }.AsMemory());
            await group.WriteAsync<DateTime>(fields[4], new DateTime?[] { new DateTime(2020, 1, 2, 3, 4, 5), null }.AsMemory());
            await group.WriteAsync<decimal>(fields[5], new[] { 1.25m, 2m }.AsMemory());
            await group.WriteAsync<int>(fields[6], new[] { 1, 2, 3 }.AsMemory(), new[] { 0, 1, 0 }.AsMemory());
        }
        await using var file = File.OpenRead(cli.Path("types.parquet"));
        var read = ParquetTables.Format.Read(file);
        Assert.Equal(["bool", "float", "int", "day", "moment", "decimal"], read.Names);
        Assert.Equal(["true", "0.1", "3", "2020-01-02", "2020-01-02 03:04:05"], read.Rows[0].Take(5));
        Assert.Equal(["false", "", "-4", "2021-03-04", ""], read.Rows[1].Take(5));
        Assert.Equal([1.25, 2], read.Rows.Select(row => double.Parse(row[5], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Lz4Raw)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task DamagedFilesAreReadOrRefused(CompressionMethod method)
    {
        await Write(method);
        new Fuzzing(output).Try($"parquet, {method}", File.ReadAllBytes(cli.Path("t.parquet")), bytes =>
        {
            File.WriteAllBytes(cli.Path("m.parquet"), bytes);
            return cli.Path("m.parquet");
        }, path =>
        {
            TableFile.Open(path, ParquetTables.Format).Infer();
            DataSources.Load(path, new(RawValues: true, Masked: true, Tables: ParquetTables.Format, ShuffleBlocks: 1));
        });
    }

    private async Task Write(CompressionMethod method)
    {
        DataField[] fields = [new DataField<long?>("n"), new DataField<double?>("x"), new DataField<string>("word")];
        await using var stream = File.Create(cli.Path("t.parquet"));
        await using var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), stream, new ParquetOptions { CompressionMethod = method });
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<long>(fields[0], new long?[] { 0, 1, 2, 3, 4 }.AsMemory());
        await group.WriteAsync<double>(fields[1], new double?[] { 0.5, 1.5, 2.5, 3.5, 4.5 }.AsMemory());
        await group.WriteAsync(fields[2], new[] { "w0", "w1", "w2", null!, "w4" });
    }

    [Theory]
    // Of the first page, 46 bytes: 0x7fffff70 in Snappy's form, and in the four bytes of a Zstandard frame.
    [InlineData(CompressionMethod.Snappy, new byte[] { 0x2e }, new byte[] { 0xf0, 0xff, 0xff, 0xff, 0x07 })]
    [InlineData(CompressionMethod.Zstd, new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x2e },
        new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0x70, 0xff, 0xff, 0x7f })]
    public async Task ContentThatAnnouncesMoreThanItsPageIsRefused(CompressionMethod method, byte[] whole, byte[] damaged)
    {
        await Write(method);
        var bytes = File.ReadAllBytes(cli.Path("t.parquet"));
        var at = bytes.AsSpan().IndexOf(whole);
        Assert.True(at > 0, Convert.ToHexString(bytes));
        damaged.CopyTo(bytes, at);
        File.WriteAllBytes(cli.Path("t.parquet"), bytes);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Matches("a page for [0-9]+ bytes whose content announces [0-9]{9,}", Assert.Throws<VaeException>(
            () => TableFile.Open(cli.Path("t.parquet"), ParquetTables.Format)).Message);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }

    [Fact]
    public void AListInListsWithoutEndIsRefused()
    {
        // A field 15, which no version of the format has, that is a list of a list of a list, …
        byte[] footer = [0xf9, .. Enumerable.Repeat((byte)0x19, 100_000)];
        File.WriteAllBytes(cli.Path("deep.parquet"),
            [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8]);
        Assert.Contains("nested too deeply", Assert.Throws<VaeException>(
            () => TableFile.Open(cli.Path("deep.parquet"), ParquetTables.Format)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryCommandTakesAndWritesParquet()
    {
        var (text, table, run) = (cli.Path("t.csv"), cli.Path("t.parquet"), cli.Path("run"));
        File.WriteAllText(text, "size,kind,number\n" + string.Concat(Enumerable.Range(0, 80).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{(i % 7 == 0 ? "" : $"{1 + i % 5}.5")},{(i % 2 == 0 ? "red" : "green")},{i * i % 11}\n"))));
        TableWriter.Write(table, ["size", "kind", "number"], File.ReadLines(text).Skip(1).Select(line => ValueList.From(line.Split(','))),
            ParquetTables.Format);
        Succeeds("data", table, "--json");
        Succeeds("train", table, "--epochs", "2", "--threads", "1", "--out", run);
        Succeeds("impute", run, "--data", table, "--samples", "20", "--out", cli.Path("filled.parquet"));
        Succeeds("anomaly", run, "--data", text, "--threshold", "0.1", "--explain", "--out", cli.Path("scores.parquet"));
        Succeeds("sample", run, "--count", "30", "--out", cli.Path("rows.parquet"));
        Succeeds("reconstruct", run, "--data", table, "--out", cli.Path("same.parquet"));
        foreach (var data in new[] { text, table })
            Succeeds("encode", run, "--data", data, "--out", cli.Path($"{Path.GetExtension(data)[1..]}.csv"));
        Assert.Equal(File.ReadAllText(cli.Path("csv.csv")), File.ReadAllText(cli.Path("parquet.csv")));
        var filled = Read("filled.parquet");
        Assert.Equal(["size", "kind", "number"], filled.Names);
        Assert.Equal(80, filled.Rows.Count);
        Assert.All(filled.Rows, row => Assert.DoesNotContain("", row));
        Assert.Equal(30, Read("rows.parquet").Rows.Count);
        Assert.Contains("anomaly", Read("scores.parquet").Names);
    }

    [Fact]
    public void ADamagedFileIsOneSentence()
    {
        TableWriter.Write(
            cli.Path("t.parquet"), ["a"], Enumerable.Range(0, 50).Select(i => ValueList.From([$"{i}.5"])), ParquetTables.Format);
        var bytes = File.ReadAllBytes(cli.Path("t.parquet"));
        for (var cut = 0; cut < bytes.Length; cut += 31)
        {
            File.WriteAllBytes(cli.Path("cut.parquet"), bytes[..cut]);
            var called = Cli.Call("data", cli.Path("cut.parquet"));
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.Contains("cut.parquet: must be a readable, undamaged file, got: ", called.Error);
        }
        for (var at = 0; at < bytes.Length; at += 23)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x55;
            File.WriteAllBytes(cli.Path("changed.parquet"), changed);
            var called = Cli.Call("data", cli.Path("changed.parquet"));
            Assert.True(
                called.Code == 0 || called.Code == VaeCommand.BadInput && called.Error.StartsWith("vae: ", StringComparison.Ordinal));
        }
    }

    private TableTexts Read(string name)
    {
        using var stream = File.OpenRead(cli.Path(name));
        return ParquetTables.Format.Read(stream);
    }

    private static void Succeeds(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.True(called.Code == 0, $"vae {string.Join(' ', args)}: {called.Error}");
    }
}
