using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>
/// A session of .NET Interactive, started as editors start it: commands go in and events come out as lines of JSON. It keeps what cells
/// defined.
/// </summary>
public sealed class ToolSession : IDisposable
{
    private readonly Language language;
    private readonly Process process;
    private readonly Task<string> error;
    private readonly Timer timer;
    private readonly TimeSpan limit;
    private bool late;
    private int commands;

    /// <summary>Starts the tool.</summary>
    /// <param name="language">The kernel that runs the cells.</param>
    /// <param name="folder">An empty folder for the session: its working directory and temporary files.</param>
    /// <param name="environment">Variables for the tool, such as <see cref="Feed.Environment"/>.</param>
    /// <param name="limit">When the session is ended, from now.</param>
    public ToolSession(Language language, string folder, IReadOnlyDictionary<string, string> environment, TimeSpan limit)
    {
        (this.language, this.limit) = (language, limit);
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(Tool, "Microsoft.DotNet.Interactive.App.dll"), "stdio"])
        {
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        DotNet.SetTemporary(start, folder);
        start.Environment["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
        timer = new Timer(_ => End(), null, limit, Timeout.InfiniteTimeSpan);
        while ((string?)Event()["eventType"] != "KernelReady")
        {
        }
        // Jupyter's part of the tool brings namespaces into scope that editors do not.
        if (language == Language.CSharp)
            Run($"#r \"{Path.Combine(Tool, "Microsoft.DotNet.Interactive.Jupyter.dll")}\"");
    }

    // The package comes with this project's restore.
    private static string Tool =>
        typeof(ToolSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == "NotebookTool").Value!;

    /// <summary>Runs a cell after all before it and returns its outputs, the last of them an error if it failed.</summary>
    /// <exception cref="TimeoutException">The session ran longer than its limit and was ended.</exception>
    public JsonArray Run(string source)
    {
        var token = $"cell{commands++}";
        Send(token, "SubmitCode", new() { ["code"] = source, ["targetKernelName"] = language.Polyglot });
        var outputs = new ToolOutputs();
        while (true)
        {
            var next = Event();
            if ((string?)next["command"]?["token"] is { } of && (of == token || of.StartsWith($"{token}.", StringComparison.Ordinal))
                && outputs.Add((string)next["eventType"]!, next["event"]) && of == token)
                return outputs.Produced;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private void Send(string token, string type, JsonObject command)
    {
        var envelope = new JsonObject { ["token"] = token, ["commandType"] = type, ["command"] = command };
        process.StandardInput.WriteLine(envelope.ToJsonString());
        process.StandardInput.Flush();
    }

    private JsonObject Event()
    {
        while (process.StandardOutput.ReadLine() is { } line)
            // On its first use on a machine the tool prints a notice before its events.
            if (line.StartsWith('{'))
                return JsonNode.Parse(line)!.AsObject();
        throw late ? new TimeoutException($"must end within {limit.TotalSeconds:0} s, and did not")
            : new InvalidOperationException($"ended early: {error.Result}");
    }

    private void End()
    {
        late = true;
        process.Kill(entireProcessTree: true);
    }
}
