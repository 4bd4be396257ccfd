using System.Diagnostics;

namespace Vae.Notebooks;

/// <summary>Programs run as a user runs them.</summary>
public static class DotNet
{
    // A build of everything from clean sources, beside other tests on a slow machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(25);

    /// <summary>What a program printed.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0, or not in 25 minutes.</exception>
    public static string Run(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        // A build server started here would outlive the folder that it works in.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        SetTemporary(start, Path.Combine(folder, "temp"));
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(Limit);
        if (!ended)
            process.Kill(entireProcessTree: true);
        return ended && process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}\n"
                + (ended ? "" : $"must end within {Limit.TotalMinutes} minutes, and did not\n") + $"{output.Result}\n{error.Result}");
    }

    /// <summary>Gives a process a folder of its own for temporary files, so that what it leaves there goes with the folder.</summary>
    internal static void SetTemporary(ProcessStartInfo start, string folder)
    {
        foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" })
            start.Environment[name] = Directory.CreateDirectory(folder).FullName;
    }
}
