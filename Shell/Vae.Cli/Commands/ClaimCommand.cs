using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Vae.Torch;

namespace Vae.Cli;

internal static class ClaimCommand
{
    private const int NotMet = 1;

    public static Command Make(TextWriter output)
    {
        var command = new Command("claim",
            "Reproduce published metrics and print reported and reproduced values; without a name, list the claims. The "
                + "exit code is 1 if one is not reproduced.");
        var name = new Argument<string>("name") { Description = "Name of a claim", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all")
        {
            Description = "Run all claims, the quickest first; on the CPU, several at a time with --threads each",
        };
        var budget = new Option<string>("--budget")
        {
            Description = "With --all, run only the claims that fit into this time by their recorded durations and this machine's "
                + "pace so far, as in 90s, 30m or 2h",
        }.Checked(Seconds);
        var from = new Option<string>("--claims")
        {
            Description = "Folder of claims, one .json file each (default: those of the tool)",
            DefaultValueFactory = _ => OfTheTool,
        };
        var to = new Option<string>("--out", "-o")
        {
            Description = "Folder of the runs; finished ones are reused, and several processes may work on it",
            DefaultValueFactory = _ => Path.Combine("runs", "claims"),
        };
        var tier = new Option<string>("--tier")
        {
            Description = "With --all: short, long, gpu or all",
            DefaultValueFactory = _ => "short",
        }.Checked(Tiers);
        var write = new Option<bool>("--write") { Description = "Write the reproduced values to the claim files" };
        command.Add(name);
        foreach (Option option in new Option[] { all, budget, tier, from, to, write, Common.Device, Common.Threads, Common.Json })
            command.Add(option);
        var where = new DataChoice(command);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            if (parsed.GetValue(write) && parsed.GetResult(from) is null or { Implicit: true })
                throw new VaeException("write: needs --claims, the folder of the files that are written, got none");
            var claims = ClaimFiles.ReadAll(parsed.GetRequiredValue(from));
            if (parsed.GetValue(name) is null && !parsed.GetValue(all))
                return ClaimTables.List(output, parsed.GetValue(Common.Json), claims);
            var chosen = Chosen(claims, parsed.GetValue(name), parsed.GetValue(all), parsed.GetValue(budget),
                Tiers(parsed.GetRequiredValue(tier)));
            var budgetSeconds = parsed.GetValue(budget) is { } text ? Seconds(text) : double.PositiveInfinity;
            var device = parsed.GetRequiredValue(Common.Device);
            var (width, threads) = Share(chosen.Count, device, parsed.GetValue(Common.Threads), Environment.ProcessorCount);
            var options = new RunOptions(parsed.GetRequiredValue(to), Device: device, Threads: threads, Reporter: RunReports.Html);
            var series = new ClaimSeries(options.Out, budgetSeconds, width);
            var json = parsed.GetValue(Common.Json);
            var shared = TextWriter.Synchronized(output);
            series.Run(
                chosen,
                (claim, end) => ClaimTables.Train(shared, json, width == 1, claim, progress => ClaimRuns.Run(claim,
                    experiment => where.Load(parsed, experiment.Data, experiment.Train.Seed, experiment.Model.Input), options, progress,
                    end)),
                result =>
                {
                    ClaimTables.Result(shared, json, result);
                    if (parsed.GetValue(write))
                        ClaimFiles.Write(parsed.GetRequiredValue(from), Dated(result));
                },
                stop);
            if (parsed.GetValue(name) is { } one && series.Elsewhere.Count > 0)
                throw new VaeException($"claim: must not be run by two processes in one folder, got {one}, "
                    + $"which another runs in {options.Out}; wait for it, or give another --out");
            if (!json)
                ClaimTables.Results(output, series.Results);
            if (parsed.GetValue(all))
                ClaimTables.LeftOut(output, json, [.. claims.Except(series.Results.Select(result => result.Claim))], series.Elsewhere);
            return series.Results.All(result => result.IsMet) ? VaeCommand.Success : NotMet;
        }, CancellationToken.None));
        return command;
    }

    private static ValueList<Claim> Chosen(ValueList<Claim> claims, string? name, bool all, string? budget, ValueList<ClaimTier> tiers)
    {
        if (name is not null && (all || budget is not null))
            throw new VaeException("claim: must be a name, or --all with or without --budget, got both");
        if (all)
            return ClaimRuns.QuickestFirst(claims.Where(claim => tiers.Contains(claim.Tier)));
        return claims.FirstOrDefault(claim => claim.Name == name) is { } found ? [found]
            : throw new VaeException($"claim: must be one of {string.Join(", ", claims.Select(claim => claim.Name))}, got {name}");
    }

    /// <summary>
    /// How many claims run at a time, and the threads of each; 0 leaves the number to torch. Two trainings of one thread each end much
    /// sooner than one after the other with two threads; a GPU trains one at a time.
    /// </summary>
    internal static (int Width, int Threads) Share(int claims, string device, int threads, int cores)
    {
        var width = device == "cpu" ? Math.Clamp(cores / Math.Max(1, threads), 1, Math.Max(1, claims)) : 1;
        return (width, width > 1 && threads == 0 ? cores / width : threads);
    }

    /// <summary>The claims that the tool brings with it.</summary>
    internal static string OfTheTool { get; } = Path.Combine(AppContext.BaseDirectory, "claims");

    private static ValueList<ClaimTier> Tiers(string text) => text switch
    {
        "short" => [ClaimTier.Short],
        "long" => [ClaimTier.Long],
        "gpu" => [ClaimTier.Gpu],
        "all" => [ClaimTier.Short, ClaimTier.Long, ClaimTier.Gpu],
        _ => throw new VaeException($"tier: must be short, long, gpu or all, got {text}"),
    };

    private static double Seconds(string budget)
    {
        var unit = budget.Length == 0 ? 0 : budget[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        var isNumber = double.TryParse(
            budget.AsSpan(0, Math.Max(0, budget.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return unit > 0 && isNumber && number > 0 ? number * unit
            : throw new VaeException($"budget: must be a time such as 90s, 30m or 2h, got {budget}");
    }

    private static Claim Dated(ClaimResult result) => result.Claim with
    {
        Measured = Math.Round(result.Reproduced, 4),
        // The tolerance stays: it is set before a run.
        Deviation = result.Deviation is { } deviation ? Math.Round(deviation, 4) : null,
        MeasuredOn = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Seconds = Math.Round(result.Seconds),
        Commit = Commit(),
    };

    // The build appends the commit to the version.
    private static string? Commit()
    {
        var version = typeof(ClaimCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+') is [_, { Length: >= 12 } commit] ? commit[..12] : null;
    }
}
