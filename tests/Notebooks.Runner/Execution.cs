using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>Executes notebooks from a clean state.</summary>
public static class Execution
{
    /// <summary>
    /// Executes a notebook in a process of its own, with an empty folder as its working directory; outputs by cell, the last of them an
    /// error where one failed.
    /// </summary>
    /// <exception cref="TimeoutException">It ran longer than the limit and was ended.</exception>
    public static IReadOnlyDictionary<string, JsonArray> InProcess(string notebook, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("vae-notebook-");
        try
        {
            var result = Path.Combine(folder.FullName, "outputs.json");
            var start = new ProcessStartInfo("dotnet",
                ["exec", typeof(Execution).Assembly.Location, "execute", Path.GetFullPath(notebook), result])
            {
                WorkingDirectory = Directory.CreateDirectory(Path.Combine(folder.FullName, "work")).FullName,
                RedirectStandardError = true,
            };
            // Runs that a notebook leaves in the folder for temporary files go with it.
            foreach (var name in new[] { "TMPDIR", "TEMP", "TMP" })
                start.Environment[name] = folder.FullName;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{Path.GetFileName(notebook)}: must end within {limit.TotalSeconds:0} s, and did not");
            }
            if (!File.Exists(result))
                throw new InvalidOperationException(
                    $"{Path.GetFileName(notebook)}: ended with exit code {process.ExitCode}: {error.Result}");
            return JsonNode.Parse(File.ReadAllText(result))!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.AsArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Executes a notebook in this process, up to the first cell that fails.</summary>
    public static JsonObject Here(Notebook notebook)
    {
        var kernel = Kernels.Create(
            notebook.Language ?? throw new InvalidDataException($"{notebook.Name}: must have a kernelspec of .NET"));
        var outputs = new JsonObject();
        foreach (var cell in notebook.Code)
        {
            var produced = Run(kernel, cell);
            outputs[cell.Id] = produced;
            if (Outputs.Failures(cell.Id, produced).Any())
                break;
        }
        return outputs;
    }

    private static JsonArray Run(IKernel kernel, Cell cell)
    {
        var (output, error, printed, complained) = (Console.Out, Console.Error, new StringWriter(), new StringWriter());
        Console.SetOut(printed);
        Console.SetError(complained);
        Evaluated evaluated;
        try
        {
            evaluated = kernel.Run(Packages.Without(cell.Source));
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
        return [.. Streams($"{printed}", $"{complained}"), .. Shown(evaluated)];
    }

    private static IEnumerable<JsonNode> Streams(string printed, string complained) =>
        new[] { ("stdout", printed), ("stderr", complained) }.Where(stream => stream.Item2.Length > 0)
            .Select(stream => Outputs.Stream(stream.Item1, stream.Item2.ReplaceLineEndings("\n")));

    // A value without formatters is shown by rules of the tool's own, which nothing here could check.
    private static IEnumerable<JsonNode> Shown(Evaluated evaluated) => evaluated switch
    {
        { Error: { } error } => [Outputs.Error(error)],
        { Value: null } => [],
        { Value: var value } when Formatted.Of(value) is { Count: > 0 } forms => [Outputs.Display(forms)],
        { Value: var value } => [Outputs.Error($"a value that a cell shows must show itself, and a {value.GetType()} does not: print it")],
    };
}
