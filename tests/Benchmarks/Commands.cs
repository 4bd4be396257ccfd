namespace Vae.Benchmarks;

/// <summary>What can be measured, by name.</summary>
internal static class Commands
{
    private const string Usage = """
        usage: benchmarks paired  [--models M1,M2,M3k1,M3k50] [--seconds 30] [--threads 2] [--route auto] [--json]
               benchmarks scaling [--out FOLDER] [--threads 2]
               benchmarks profile [--model M1] [--seconds 30] [--threads 2] [--lines 30]
               benchmarks inference [--models M1,M2] [--seconds 30] [--threads 2]
               benchmarks family  [--only mixture,vamp] [--seconds 5] [--threads 2]
               benchmarks table   [--rows 20000] [--seeds 1,2,3] [--out FOLDER] [--threads 2]
               benchmarks counts  [--rows 5000] [--columns 500] [--seeds 1,2,3] [--out FOLDER] [--threads 2]
               benchmarks micro   [options of BenchmarkDotNet, as --filter '*Digits*']

          paired   training against a baseline written with TorchSharp alone and against its matrix products, in alternating processes
          scaling  how the cost of an image grows with batch, width, latent and image; a table and a picture
          profile  where the time of our step goes, statement by statement
          inference  encoding and decoding 10,000 images against the baseline
          family   the compiled step against autograd over models of the whole family
          table    what vae train and its answers give for a table whose structure, holes and anomalies are known
          counts   the same for counts of known groups
          micro    small operations under BenchmarkDotNet

          --seconds  of measuring for each model
          --route    auto, compiled or autograd: how our step is computed
          --json     the figures once more, as one line at the end
          --out      where scaling.png goes, and its table where README.md has a place for it; or the tables, runs and answers
        """;

    /// <summary>The exit code: 0, 1 where measuring failed, 2 where it was not understood what to measure.</summary>
    public static int Run(string[] args)
    {
        try
        {
            return args is [var name, .. var rest] ? Run(name, rest) : throw new UsageException("command: must be given, got none");
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(Usage);
            return 2;
        }
        catch (VaeException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static int Run(string name, string[] rest)
    {
        switch (name)
        {
            case "paired":
                return Paired.Run(PairedOptions.Parse(new(rest, ["--models", "--seconds", "--threads", "--route"], ["--json"])));
            case "scaling":
                var given = new Arguments(rest, ["--out", "--threads"], []);
                return Scaling.Run(given.Text("--out"), given.Threads());
            case "family":
                var family = new Arguments(rest, ["--only", "--seconds", "--threads"], []);
                return Family.Run(family.Text("--only"), family.Number("--seconds", 5, 0.1, 3600), family.Threads());
            case "inference":
                return Inference.Run(PairedOptions.Parse(new(rest, ["--models", "--seconds", "--threads"], [])));
            case "profile":
                var asked = new Arguments(rest, ["--model", "--seconds", "--threads", "--lines"], []);
                return Profile.Run(Match.Find(asked.Text("--model") ?? "M1"), asked.Number("--seconds", 30, 1, 3600), asked.Threads(),
                    (int)asked.Number("--lines", 30, 1, 1000));
            case "table":
                var table = new Arguments(rest, ["--rows", "--seeds", "--out", "--threads"], []);
                return TableFigures.Run(table.Text("--out") ?? Path.Combine(Path.GetTempPath(), "vae-tables"),
                    (int)table.Number("--rows", 20_000, 500, 1_000_000), table.Threads(), table.Seeds());
            case "counts":
                var counts = new Arguments(rest, ["--rows", "--columns", "--seeds", "--out", "--threads"], []);
                return new CountFigures(counts.Text("--out") ?? Path.Combine(Path.GetTempPath(), "vae-tables"),
                    (int)counts.Number("--rows", 5000, 100, 1_000_000), (int)counts.Number("--columns", 500, 10, 10_000), counts.Threads())
                    .Run(counts.Seeds());
            case Contestant.Command:
                return Contestant.Serve(rest);
            case "micro":
                return Micro.Run(rest);
            case "help" or "--help" or "-h":
                Console.WriteLine(Usage);
                return 0;
            default:
                throw new UsageException($"command: must be paired, scaling, profile, inference, family, table, counts or micro, got {name}");
        }
    }
}
