using System.Diagnostics;

namespace Vae.Notebooks.Tests;

/// <summary>Programs run as a user runs them.</summary>
public static class DotNet
{
    /// <summary>What a program printed; fails where it does not end well or in time.</summary>
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
        foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" })
            start.Environment[name] = Directory.CreateDirectory(Path.Combine(folder, "temp")).FullName;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        var ended = process.WaitForExit(TimeSpan.FromMinutes(5));
        if (!ended)
            process.Kill(entireProcessTree: true);
        Assert.True(ended && process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output.Result}\n{error.Result}");
        return output.Result;
    }
}
