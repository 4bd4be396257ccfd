using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Vae.Torch.Tests;

/// <summary>The page writes the cells of a table as the library does.</summary>
public sealed class CellTextTests(ITestOutputHelper output)
{
    private const int Schemas = 40, Rows = 5;

    private const string Texts =
        """
        given.map(({ schema, rows }) => rows.map(row => {
            let start = 0;
            return modelledColumns({ schema }).map(({ kind }) => {
                start += widthOf(kind);
                return cellText(kind, row.slice(start - widthOf(kind), start));
            });
        }))
        """;

    // Each kind, transform, format and step, whatever the random ones are.
    private static TableSchema Every { get; } = new([
        new("binary", new ColumnKind.Binary("no", "yes")), new("ordinal", new ColumnKind.Ordinal(["low", "middle", "high"])),
        new("other", new ColumnKind.Categorical(["a", "b"], "rare")),
        new("digits", new ColumnKind.Continuous(ColumnTransforms.None, 5, 2, 1)),
        new("free", new ColumnKind.Continuous(ColumnTransforms.Log(0.5), 1, 9)),
        new("ranks", new ColumnKind.Continuous(ColumnTransforms.Quantile([1, 2, 10], [-1, 0, 2]), 0, 1, 3)),
        new("positive", new ColumnKind.Positive(-12, 8)), new("zeros", new ColumnKind.ZeroInflated(1, 1, 2)),
        new("count", new ColumnKind.Count()),
        .. from format in DateTexts.Formats from step in new[] { "", "month", "year" }
           select new TableColumn($"{format} {step}", new ColumnKind.Date(format, 9000, 4000, [365.2425, 7, 1], step)),
        new("day", new ColumnKind.Date("yyyy-MM-dd", 0, 300_000, [], ""))]);

    [Fact]
    public async Task CellsAreWrittenAsInTheLibrary()
    {
        var schemas = Samples.Generate(Testing.Generators.Schema, Schemas).Prepend(Every).Where(schema => schema.Width > 0).ToList();
        var rows = schemas.Select((schema, i) => Numbers(schema, (ulong)i)).ToList();
        if (!Scripts.CanRun)
        {
            output.WriteLine("neither node nor chromium is installed: the script is not run");
            return;
        }
        var given = schemas.Zip(rows, (schema, of) => (JsonNode)new JsonObject
        {
            ["schema"] = JsonNode.Parse(SpecJson.Write(schema)), ["rows"] = new JsonArray([.. of.Select(PageContent.Numbers)]),
        });
        var found = await Scripts.Run(Texts, new JsonArray([.. given]));
        for (var i = 0; i < schemas.Count; i++)
            for (var row = 0; row < Rows; row++)
                Assert.Equal(
                    TableRows.Decode(schemas[i], rows[i][row]), found[i]![row]!.AsArray().Select(text => (string)text!));
    }

    private static double[][] Numbers(TableSchema schema, ulong seed)
    {
        var random = KeyedRandom.FromSeed(seed);
        return [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, schema.Width)
            .Select(i => random.Below(6001, schema.Width * row + i) / 1000.0 - 3).ToArray())];
    }
}
