using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The arguments of every command that uses a trained run: the folder, the device, the threads.</summary>
internal sealed class RunChoice
{
    private static readonly Option<bool> best = new("--best") { Description = "With the weights of the epoch with the best validation bound, not those that the run ended with" };
    private readonly Argument<string> run = new("run") { Description = "The folder of a run" };

    public RunChoice(Command command)
    {
        command.Add(run);
        command.Add(Common.Device);
        command.Add(Common.Threads);
        command.Add(Common.Json);
        command.Add(Common.Seed);
        command.Add(best);
    }

    public RunFolder Folder(ParseResult parsed) => RunFolder.Open(parsed.GetRequiredValue(run));

    public VaeModel Model(ParseResult parsed) => Model(parsed, Folder(parsed));

    /// <summary>The model of a run, on the device and threads that were asked for.</summary>
    public static VaeModel Model(ParseResult parsed, RunFolder folder)
    {
        Devices.UseThreads(parsed.GetValue(Common.Threads));
        MatrixProducts.Choose();
        var device = parsed.GetRequiredValue(Common.Device);
        return parsed.GetValue(best) ? folder.LoadBest(device) : folder.LoadModel(device);
    }
}

/// <summary>Options that many commands share.</summary>
internal static class Common
{
    public static Option<string> Device { get; } = new("--device") { Description = "cpu, cuda or cuda:N", DefaultValueFactory = _ => "cpu" };

    public static Option<int> Threads { get; } = new("--threads") { Description = "CPU threads (default: as many as torch chooses)" };

    public static Option<ulong> Seed { get; } = new("--seed") { Description = "Seed of all noise", DefaultValueFactory = _ => 1 };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON lines instead of drawing" };
}
