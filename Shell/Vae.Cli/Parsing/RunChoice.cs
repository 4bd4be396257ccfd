using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The arguments of commands that use a trained run: its folder, device and threads.</summary>
internal sealed class RunChoice
{
    private static readonly SharedOption<bool> best = new("--best", static name => new(name)
    {
        Description = "Use the weights of the epoch with the best validation bound instead of the last",
    });
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

    /// <summary>Loads the classifier of a semi-supervised run on the requested device and sets the number of threads.</summary>
    public LabelClassifier Classifier(ParseResult parsed)
    {
        Devices.UseThreads(parsed.GetValue(Common.Threads));
        return LabelClassifier.Load(Folder(parsed), parsed.GetValue(best), parsed.GetRequiredValue(Common.Device));
    }

    /// <summary>Loads the model of a run on the requested device and sets the number of threads.</summary>
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
    public static SharedOption<string> Device { get; } = new("--device", static name => new(name)
    {
        Description = "Device: cpu, cuda or cuda:N",
        DefaultValueFactory = _ => "cpu",
    });

    public static SharedOption<int> Threads { get; } =
        new("--threads", static name => new(name) { Description = "CPU threads (default: chosen by torch)" });

    public static SharedOption<ulong> Seed { get; } = new("--seed", static name => new(name, "-s")
    {
        Description = "Seed of all random numbers",
        DefaultValueFactory = _ => 1,
    });

    public static SharedOption<bool> Json { get; } =
        new("--json", static name => new(name) { Description = "Print JSON lines for programs" });

    /// <summary>Whether a run goes on with data that have changed since it was made.</summary>
    public static SharedOption<bool> AcceptChanges { get; } = new("--accept-changed-data", static name => new(name)
    {
        Description = "Use data that have other rows than the run was made with, as far as they hold its own",
    });

    /// <summary>Checks without running: the experiment of <c>vae train</c> and similar, and the options of other commands.</summary>
    public static SharedOption<bool> DryRun { get; } = new("--dry-run", static name => new(name)
    {
        Description = "Check the options and stop",
        Recursive = true,
        Hidden = true,
    });

    /// <summary>Whether this is a dry run, which ends here after checking the experiment against its data.</summary>
    /// <exception cref="VaeException">On a dry run, the experiment has problems.</exception>
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
