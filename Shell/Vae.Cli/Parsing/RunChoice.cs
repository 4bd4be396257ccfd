using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The arguments of every command that uses a trained run: the folder, the device, the threads.</summary>
internal sealed class RunChoice
{
    private static readonly Option<bool> best = new("--best")
    {
        Description = "Use the weights of the epoch with the best validation bound instead of the last",
    };
    private readonly Argument<string> run = new("run") { Description = "Run folder" };

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
        MatmulBackends.Choose();
        var device = parsed.GetRequiredValue(Common.Device);
        return parsed.GetValue(best) ? folder.LoadBest(device) : folder.LoadModel(device);
    }
}

/// <summary>Options that many commands share.</summary>
internal static class Common
{
    public static Option<string> Device { get; } = new("--device")
    {
        Description = "Device: cpu, cuda or cuda:N",
        DefaultValueFactory = _ => "cpu",
    };

    public static Option<int> Threads { get; } = new("--threads") { Description = "CPU threads (default: chosen by torch)" };

    public static Option<ulong> Seed { get; } = new("--seed", "-s")
    {
        Description = "Seed of all random numbers",
        DefaultValueFactory = _ => 1,
    };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print JSON lines for programs" };

    /// <summary>Whether a run goes on with data that have changed since it was made.</summary>
    public static Option<bool> AcceptChanges { get; } = new("--accept-changed-data")
    {
        Description = "Use data that have other rows than the run was made with, as far as they hold its own",
    };

    /// <summary>Checks without running: what <c>vae train</c> would be refused for, and the form of every other command line.</summary>
    public static Option<bool> DryRun { get; } = new("--dry-run")
    {
        Description = "Check the options and stop",
        Recursive = true,
        Hidden = true,
    };

    /// <summary>Whether to stop here; on a dry run, an experiment that does not fit its data is refused first.</summary>
    public static bool StopsAt(ParseResult parsed, Experiment experiment, DataSplit data)
    {
        if (parsed.GetValue(DryRun))
            VaeException.ThrowIfAny(Specs.Problems(experiment, data.Train.Facts()));
        return parsed.GetValue(DryRun);
    }

    /// <summary>The option for the file or folder that a command writes.</summary>
    public static Option<string> Out(string description) => new("--out", "-o") { Description = description };

    /// <summary>The option for the number of examples that a command shows.</summary>
    public static Option<int> Count(string description, int count) => new("--count", "-n")
    {
        Description = description,
        DefaultValueFactory = _ => count,
    };

}
