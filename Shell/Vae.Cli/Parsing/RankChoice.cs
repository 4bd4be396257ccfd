using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The option of commands that several processes run together, and how they fail together.</summary>
internal static class RankChoice
{
    // An error is mostly that of all ranks: the first reports it and ends the others before they do.
    private static readonly TimeSpan Precedence = TimeSpan.FromSeconds(2);

    /// <summary>The option <c>--ranks</c>.</summary>
    public static SharedOption<string> Ranks { get; } = new("--ranks", static name => new(name)
    {
        Description = "Processes that share the work: auto (those of mpirun or srun), none, mpi, mpi:LIBRARY, or tcp:HOST:PORT with the "
            + "number of this process and their count in VAE_RANK and VAE_RANKS",
        DefaultValueFactory = _ => "auto",
    });

    /// <summary>Runs a command on this rank; only rank 0 prints.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">Where rank 0 prints.</param>
    /// <param name="run">The command: ranks and output → exit code.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, TextWriter output, Func<RankGroup, TextWriter, int> run)
    {
        var ranks = parsed.GetValue(Common.DryRun) ? Torch.Ranks.Single : Torch.Ranks.Parse(parsed.GetRequiredValue(Ranks));
        if (ranks.Count == 1)
            using (ranks)
                return run(ranks, output);
        try
        {
            var code = run(ranks, ranks.Rank == 0 ? output : TextWriter.Null);
            ranks.Dispose();
            return code;
        }
        catch (VaeException e) when (e.IsOfAllRanks)
        {
            if (ranks.Rank == 0)
                Write(parsed, "vae", e.Message);
            // A launcher ends all processes when one has failed.
            ranks.Wait();
            ranks.Dispose();
            return VaeCommand.BadInput;
        }
        catch (Exception e)
        {
            return Failed(ranks, parsed, e);
        }
    }

    private static int Failed(RankGroup ranks, ParseResult parsed, Exception e)
    {
        if (ranks.Rank > 0)
            Thread.Sleep(Precedence);
        var code = e is OperationCanceledException ? VaeCommand.Interrupted : VaeCommand.BadInput;
        Write(parsed, $"vae: rank {ranks.Rank}", e is OperationCanceledException ? "stopped"
            : NativeErrors.Explain(e)?.Message ?? $"{e.GetType().Name}: {e.Message}");
        ranks.Abort(code);
        return code;
    }

    private static void Write(ParseResult parsed, string start, string message)
    {
        var error = parsed.InvocationConfiguration.Error;
        foreach (var line in OptionNames.Translate(message, parsed.CommandResult.Command).Split('\n'))
            error.WriteLine($"{start}: {line}");
        error.Flush();
    }
}
