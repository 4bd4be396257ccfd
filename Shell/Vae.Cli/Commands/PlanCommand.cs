using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class PlanCommand
{
    private sealed record Choice(VaeSpec Model, Objective Objective, RankLoad Load, int Max, int PerHost);

    public static Command Make(TextWriter output)
    {
        var command = new Command("plan",
            "Predict time, traffic and memory of a model on many processes, from the costs of a step and of an exchange that are "
                + "measured here (under mpirun between its processes).");
        var model = new ModelArgument(command);
        var objective = new Option<string>("--objective") { Description = "What is minimized (default: elbo)" };
        var examples = new Option<double>("--examples")
        {
            Description = "Number of training examples, as 1e9",
            DefaultValueFactory = _ => 60_000,
        };
        var batch = new Option<int>("--batch", "-b") { Description = "Examples per step", DefaultValueFactory = _ => 1024 };
        var max = new Option<int>("--max-ranks") { Description = "Greatest number of processes", DefaultValueFactory = _ => 64 };
        var network = new Option<string>("--network")
        {
            Description = "LATENCY:BANDWIDTH of another network, in seconds and bytes per second, as 2e-6:1e10 (default: measured)",
        };
        var perHost = new Option<int>("--ranks-per-host")
        {
            Description = "Processes on a machine (default: as many as its cores hold, or as mpirun has started here)",
        };
        foreach (Option option in new Option[] { objective, examples, batch, max, perHost, network, Common.Threads, Common.Json, RankChoice.Ranks })
            command.Add(option);
        command.SetAction((parsed, _) => Task.Run(() => RankChoice.Run(parsed, output, (ranks, shown) =>
        {
            var choice = ranks.Together(() => Chosen());
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            MatmulBackends.Choose();
            var measured = RankMeasurements.Step(ranks, choice.Model, choice.Objective, choice.Load.Batch, parsed.GetValue(Common.Threads));
            var (latency, each) = parsed.GetValue(network) is { } text
                ? Network(text) : RankMeasurements.Exchange(ranks, choice.Load.Parameters);
            var costs = measured with { Latency = latency, ByteSeconds = each };
            var here = choice.PerHost > 0 ? choice.PerHost : Math.Max(ranks.Count, costs.Host.Slots);
            var rows = Counts(choice.Max).Select(count => RankPlan.Predict(costs, choice.Load, count, here)).ToList();
            if (parsed.GetValue(Common.Json))
                Printing.Line(shown, new { Event = "plan", Costs = costs, choice.Load, Ranks = rows });
            else
                Write(shown, costs, rows, here, parsed.GetValue(network) is not null ? "given network"
                    : ranks.Count > 1 ? $"{ranks.Count} ranks by {ranks.Name}" : "TCP within this machine");
            return VaeCommand.Success;

            Choice Chosen()
            {
                var spec = model.Read(parsed);
                VaeException.ThrowIfAny(Specs.Problems(spec));
                var count = parsed.GetValue(examples);
                if (!(count is >= 1 and <= 1e15))
                    throw new VaeException(FormattableString.Invariant($"examples: must be 1 to 1e15, got {count}"));
                if (parsed.GetValue(batch) < 1)
                    throw new VaeException($"batch: must be at least 1, got {parsed.GetValue(batch)}");
                var most = parsed.GetValue(max);
                if (most < 1 || most > parsed.GetValue(batch))
                    throw new VaeException($"max-ranks: must be 1 to the {parsed.GetValue(batch)} examples of a batch, got {most}");
                var hosted = parsed.GetValue(perHost);
                if (hosted < 0 || hosted == 0 && parsed.GetResult(perHost) is { Implicit: false })
                    throw new VaeException($"ranks-per-host: must be at least 1, or left out, got {hosted}");
                return new(spec, parsed.GetValue(objective) is { } goal
                        ? VaeException.Unwrap(SpecText.Objective(goal, Schedules.Constant(1), (long)count)) : Objectives.Elbo,
                    new((long)count, parsed.GetValue(batch), Parameters.Count(spec), RankPlan.ExampleValues(spec)), most, hosted);
            }
        }), CancellationToken.None));
        return command;
    }

    private static IEnumerable<long> Counts(int max)
    {
        for (long count = 1; count <= max; count *= 2)
            yield return count;
    }

    private static (double Latency, double Byte) Network(string text) =>
        text.Split(':') is [var latency, var bandwidth] && Number(latency) is var a and >= 0 && Number(bandwidth) is var b and > 0
            ? (a, 1 / b) : throw new VaeException($"network: must be LATENCY:BANDWIDTH, as 2e-6:1e10, got {text}");

    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : -1;

    private static void Write(TextWriter output, RankCosts costs, List<PlannedRanks> rows, int perHost, string network)
    {
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        Tables.Write(output, "one shard for each process",
            ["ranks#", "step#", "moving#", "epoch#", "efficiency#", "traffic/epoch#", "memory#"],
            rows.Select(row => new[]
            {
                Text($"{row.Ranks}"), Time(row.StepSeconds), Text($"{100 * row.Communication:0}%"),
                TextLines.Duration(row.EpochSeconds), Text($"{row.Efficiency:0.00}"), Size(row.TrafficBytes), Size(row.MemoryBytes),
            }),
            string.Join('\n',
                Text($"a step: {1e3 * costs.StepSeconds:0.00} ms + {1e6 * costs.ExampleSeconds:0.0} µs an example (measured)"),
                Text($"a message: {1e6 * costs.Latency:0.0} µs + {1e9 * costs.ByteSeconds:0.00} ns a byte ({network})"),
                Text($"ranks on a machine: at most {perHost}, of which {costs.Host.Slots} compute at once"),
                Text($"computing at once takes {costs.Host.Contention:0.00} times as long as alone"),
                Text($"a turn at a core that ranks share: {1e3 * costs.Host.Turn:0.0} ms")));
    }

    private static string Time(double seconds) => string.Create(
        CultureInfo.InvariantCulture, $"{(seconds < 1 ? 1e3 * seconds : seconds):0.00} {(seconds < 1 ? "ms" : "s")}");

    private static string Size(double bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
        var unit = bytes < 1 ? 0 : Math.Min((int)Math.Log(bytes, 1000), units.Length - 1);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / Math.Pow(1000, unit):0.#} {units[unit]}");
    }
}
