using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Vae.Benchmarks;

/// <summary>A contestant seen from the process that gives the turns.</summary>
internal sealed class Rival : IDisposable
{
    private readonly Process process;
    private readonly string name;

    public Rival(Match match, string who, int threads, StepRoute route)
    {
        name = $"{match.Name}/{who}";
        process = Start(who, [Contestant.Command, "--model", match.Name, "--who", who,
            "--threads", threads.ToString(CultureInfo.InvariantCulture), "--route", route.ToString().ToLowerInvariant()]);
        try
        {
            Ready = Hear<Ready>();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Ready Ready { get; }

    /// <summary>Lets it do steps for so long; meanwhile all others wait.</summary>
    public Turn Take(double seconds)
    {
        try
        {
            process.StandardInput.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
            process.StandardInput.Flush();
        }
        catch (IOException e)
        {
            throw new VaeException($"{name}: must live until it is asked for the last time, got: {e.Message}", e);
        }
        return Hear<Turn>();
    }

    /// <summary>The end of its input ends it, in good time or by force.</summary>
    public void Dispose()
    {
        using (process)
        {
            if (!process.HasExited)
                process.StandardInput.Close();
            if (!process.WaitForExit(5000))
                process.Kill();
        }
    }

    // Native libraries may print; what a contestant says is JSON.
    private T Hear<T>()
    {
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.StartsWith('{') && JsonSerializer.Deserialize<T>(line) is { } said)
                return said;
        process.WaitForExit();
        throw new VaeException($"{name}: must answer, got the end of its process with code {process.ExitCode}");
    }

    private static Process Start(string who, IEnumerable<string> args)
    {
        var start = Settings.Start(who, args);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return Process.Start(start) ?? throw new VaeException($"benchmarks: must be able to start {start.FileName}, got nothing");
    }
}
