using System.Diagnostics;
using System.Globalization;
using Vae.Cli;

namespace Vae.Benchmarks;

/// <summary>What the commands give for one made table.</summary>
/// <param name="Seconds">Of training.</param>
/// <param name="ProcessorSeconds">Of all threads in them: on a busy machine they last longer.</param>
/// <param name="Detection">The area under the ROC curve of all planted anomalies, and then of each kind.</param>
/// <param name="Imputation">Of each column.</param>
/// <param name="TwoSample">The area under the ROC curve of a classifier of real and synthetic rows; 0.5 is best.</param>
internal sealed record TableResult(
    double Seconds, double ProcessorSeconds, ValueList<double> Detection, ValueList<ImputationError> Imputation, double TwoSample);

/// <summary>Trains on a made table with <c>vae train</c> alone and measures codes, scores, filled cells and synthetic rows.</summary>
internal sealed record TableFigures(string Folder, int Rows, int Threads)
{
    public static int Run(string folder, int rows, int threads, ValueList<int> seeds)
    {
        var results = new List<TableResult>();
        foreach (var seed in seeds)
        {
            results.Add(new TableFigures(Path.Combine(folder, $"{seed}"), rows, threads).Measure(seed));
            Show(results[^1..], $"seed {seed}");
        }
        if (seeds.Count > 1)
            Show(results, $"mean of {seeds.Count} seeds");
        return 0;
    }

    public TableResult Measure(int seed)
    {
        var made = MadeTable.Draw(Rows, seed);
        Directory.CreateDirectory(Folder);
        TableWriter.Write(In("people.csv"), Person.Columns, made.Shown.Select(cells => ValueList.From(cells)));
        TableWriter.Write(In("truth.csv"), Person.Columns.Append(["anomaly"]),
            made.Complete.Select((cells, i) => ValueList.From(cells).Append([made.Anomalies[i]])));
        var run = In("run");
        if (Directory.Exists(run))
            Directory.Delete(run, recursive: true);
        var (clock, work) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        Vae("train", In("people.csv"), "--seed", $"{seed}", "--threads", $"{Threads}", "--out", run);
        var (seconds, worked) = (clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - work).TotalSeconds);
        Vae("encode", run, "--data", In("people.csv"), "--out", In("codes.csv"));
        Vae("sample", run, "--count", $"{Rows}", "--out", In("synthetic.csv"));
        Vae("impute", run, "--data", In("people.csv"), "--samples", "100", "--out", In("filled.csv"));
        Vae("anomaly", run, "--data", In("people.csv"), "--threshold", "0.01", "--out", In("scores.csv"));
        var fresh = People.Draw(Rows, seed + 2_000_000).Select(person => person.Cells()).ToList();
        return new(seconds, worked, Areas(made), ImputationErrors.Measure(made, Read("filled.csv", Person.Columns)),
            TwoSampleTest.Area(fresh, Read("synthetic.csv", Person.Columns), seed));
    }

    private ValueList<double> Areas(MadeTable made)
    {
        double[] scores = [.. Read("scores.csv", ["score"]).Select(cells => double.Parse(cells[0], CultureInfo.InvariantCulture))];
        double[] Of(Func<string, bool> wanted) => [.. scores.Where((_, i) => wanted(made.Anomalies[i]))];
        var ordinary = Of(kind => kind.Length == 0);
        return [RocCurves.Area(Of(kind => kind.Length > 0), ordinary),
            .. MadeTable.Kinds.Select(wanted => RocCurves.Area(Of(kind => kind == wanted), ordinary))];
    }

    // The named columns of a file, whose cells hold no commas; empty where the file lacks one.
    private IReadOnlyList<string[]> Read(string file, ValueList<string> columns)
    {
        var lines = File.ReadLines(In(file)).Select(line => line.Split(',')).ToList();
        int[] places = [.. columns.Select(name => Array.IndexOf(lines[0], name))];
        return [.. lines.Skip(1).Select(cells => places.Select(place => place < 0 ? "" : cells[place]).ToArray())];
    }

    private string In(string file) => Path.Combine(Folder, file);

    private static void Vae(params string[] args)
    {
        using var output = new StringWriter();
        if (VaeCommand.Run(args, output, Console.Error).GetAwaiter().GetResult() != VaeCommand.Success)
            throw new VaeException($"vae {string.Join(' ', args)} failed");
    }

    private static void Show(IReadOnlyList<TableResult> results, string title)
    {
        double Mean(Func<TableResult, double> of) => results.Average(of);
        static string Text(FormattableString text) => FormattableString.Invariant(text);
        Console.Write(Text($"{title}: training {Mean(r => r.Seconds):0} s (processors {Mean(r => r.ProcessorSeconds):0} s), "));
        Console.WriteLine(Text($"two-sample AUC {Mean(r => r.TwoSample):0.000}"));
        foreach (var (kind, i) in MadeTable.Kinds.Prepend("all").Select((kind, i) => (kind, i)))
            Console.WriteLine(Text($"  AUROC {kind,-18}{Mean(r => r.Detection[i]),8:0.000}"));
        Console.WriteLine($"  {"imputed column",-16}{"cells",7}{"mean",8}{"linear",8}{"model",8}");
        foreach (var (error, i) in results[0].Imputation.Select((error, i) => (error, i)))
            Console.WriteLine(Text($"  {error.Column,-16}{Mean(r => r.Imputation[i].Cells),7:0}{Mean(r => r.Imputation[i].Mean),8:0.000}")
                + Text($"{Mean(r => r.Imputation[i].Linear),8:0.000}{Mean(r => r.Imputation[i].Model),8:0.000}"));
    }
}
