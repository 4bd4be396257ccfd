using System.Formats.Tar;
using System.Text;
using SkiaSharp;
using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>
/// The command accepts every command line in the documents. Small files replace those that a reader would have, and the embedded
/// digits replace data sets that would be downloaded; they have the same shape, classes and size. Runs are not opened: for lines
/// about a run only the form of the options is checked.
/// </summary>
public sealed class DocumentedLinesTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void EveryDocumentedLineIsAccepted()
    {
        WriteStandIns();
        var lines = Documents.Lines().ToList();
        Assert.True(lines.Count > 60);
        var refused = from pair in lines
                      let called = Cli.Call([.. pair.Line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(StandIn), "--dry-run"])
                      where called.Code != 0
                      select $"{pair.Document}: vae {pair.Line}: {called.Error}";
        Assert.Equal([], refused.Distinct());
    }

    private string StandIn(string word) => word switch
    {
        "mnist" or "fashion-mnist" or "cifar-10" or "emnist:letters" => "digits",
        "cells.npy" => cli.Path("cells.csv"),
        "table.csv" or "log.csv" or "visits.parquet" or "big.npy" => cli.Path(word),
        "pictures/" or "shards/" => cli.Path(word.TrimEnd('/')),
        _ => word,
    };

    private void WriteStandIns()
    {
        File.WriteAllText(cli.Path("cells.csv"), "a,b,c\n" + string
            .Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 3},{i % 5}\n")));
        File.WriteAllText(cli.Path("table.csv"), "a,b,c,d,e,f\n" + string
            .Concat(Enumerable.Range(0, 60).Select(i => $"{i}.5,,{i % 9},{i % 2},{i % 4},{i % 5}\n")));
        File.WriteAllText(cli.Path("log.csv"), "hour,machine,a,b\n" + string
            .Concat(Enumerable.Range(0, 3000).Select(i => $"{i % 1500},{i / 1500},{i % 7}.5,{i % 5}.25\n")));
        Directory.CreateDirectory(cli.Path("pictures"));
        using var bitmap = new SKBitmap(8, 8);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        foreach (var i in Enumerable.Range(0, 12))
            File.WriteAllBytes(Path.Combine(cli.Path("pictures"), $"{i}.png"), png.ToArray());
        Directory.CreateDirectory(cli.Path("shards"));
        TarFile.CreateFromDirectory(cli.Path("pictures"), Path.Combine(cli.Path("shards"), "0.tar"), includeBaseDirectory: false);
        TableWriter.Write(cli.Path("visits.parquet"), ["a", "b"],
            Enumerable.Range(0, 60).Select(i => (ValueList<string>)[$"{i}.5", $"{i % 7}"]), ParquetTables.Format);
        const string header = "{'descr': '|u1', 'fortran_order': False, 'shape': (60, 28, 28), }\n";
        File.WriteAllBytes(cli.Path("big.npy"),
            [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[60 * 28 * 28]]);
    }
}
