using System.CommandLine;
using System.CommandLine.Help;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>
/// The command <c>vae</c>, which prints to the given writers. Exit codes: 0 success, 1 a run that diverged, 2 bad input, 130 interrupted.
/// </summary>
internal static class VaeCommand
{
    public const int Success = 0, Diverged = 1, BadInput = 2, Interrupted = 130;

    // Commands whose dry run checks more than the syntax of options.
    private static readonly string[] Builds = ["train", "sweep", "anomaly", "compare", "spec"];

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root(output).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                error.WriteLine($"vae: {OptionNames.Translate(ParseSentences.Rewrite(problem), parsed.CommandResult.Command)}");
            error.WriteLine($"vae: see 'vae {string.Join(' ', Named(parsed))}--help'");
            return BadInput;
        }
        if (parsed.GetValue(Common.DryRun) && !Builds.Contains(parsed.CommandResult.Command.Name) && parsed.Action is not HelpPage)
            return Success;
        try
        {
            return await parsed.InvokeAsync(new()
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                // Ctrl-C ends a run at a step boundary; writing a checkpoint of a large model takes a while.
                ProcessTerminationTimeout = TimeSpan.FromMinutes(2),
            });
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("vae: stopped");
            return Interrupted;
        }
        catch (Exception e) when (NativeErrors.Explain(e) is not null)
        {
            foreach (var line in OptionNames.Translate(NativeErrors.Explain(e)!.Message, parsed.CommandResult.Command).Split('\n'))
                error.WriteLine($"vae: {line.TrimEnd('\r')}");
            return BadInput;
        }
    }

    /// <summary>The root command with all subcommands.</summary>
    public static RootCommand Root(TextWriter output)
    {
        var root = new RootCommand("Trains, evaluates, samples and diagnoses variational autoencoders.");
        root.Add(Common.DryRun);
        var help = root.Options.OfType<HelpOption>().Single();
        (help.Action, help.Description) = (new HelpPage(), "Show this help");
        root.Add(TrainCommand.Make(output));
        root.Add(SweepCommand.Make(output));
        root.Add(EvaluateCommand.Make(output));
        root.Add(EncodeCommand.Make(output));
        root.Add(ClassifyCommand.Make(output));
        root.Add(SampleCommand.Make(output));
        root.Add(ReconstructCommand.Make(output));
        root.Add(PictureCommand.Make(output));
        root.Add(ExploreCommand.Make(output));
        root.Add(CompareCommand.Make(output));
        root.Add(NeighboursCommand.Make(output));
        root.Add(AttributesCommand.Make(output));
        root.Add(ImputeCommand.Make(output));
        root.Add(AnomalyCommand.Make(output));
        root.Add(CardCommand.Make(output));
        root.Add(CompressCommand.Make(output));
        root.Add(DecompressCommand.Make(output));
        root.Add(ExportCommand.Make(output));
        root.Add(DataCommand.Make(output));
        root.Add(SpecCommand.Make(output));
        root.Add(PlanCommand.Make(output));
        root.Add(DoctorCommand.Make(output));
        root.Add(ClaimCommand.Make(output));
        return root;
    }

    private static IEnumerable<string> Named(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name + " "];
}
