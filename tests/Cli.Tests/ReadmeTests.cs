using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Vae.Cli.Tests;

/// <summary>The README's examples, run as a reader would: a file-based app and a script, against what this repository builds.</summary>
public sealed class ReadmeTests
{
    internal static readonly string Repository = Above(new(AppContext.BaseDirectory));

    [Fact]
    public void TheCSharpExampleRuns()
    {
        var references = string.Concat(
            $"#:project {Repository}/Shell/Vae.Pictures\n", "#:property RuntimeIdentifier=",
            System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "\n",
            "#:property SelfContained=false\n", "#:property PublishAot=false\n");
        var output = Run("first.cs", references + Example("csharp"), "run", "-c", "Release", "first.cs");
        Assert.Matches(@"test -ELBO: \d+\.\d nats per example", output);
    }

    [Fact]
    public void TheFSharpExampleRuns()
    {
        string[] libraries = ["TorchSharp", "SkiaSharp", "Vae.Core", "Vae.Torch", "Vae.Pictures"];
        var references = string.Concat(libraries.Select(name => $"#r @\"{Path.Combine(AppContext.BaseDirectory, name)}.dll\"\n"));
        var output = Run("second.fsx", references + Example("fsharp"), "fsi", "second.fsx");
        Assert.Matches(@"nats per example: Terms \{ NegElbo = \d+", output);
    }

    private static string Example(string language)
    {
        var readme = File.ReadAllText(Path.Combine(Repository, "README.md"));
        return Regex.Match(readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static string Run(string file, string text, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("vae-readme-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, file), text);
            var start = new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            // The natives stand beside this test: an application of the reader's own has them from its package.
            start.Environment["LD_LIBRARY_PATH"] = AppContext.BaseDirectory;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{output}\n{error.Result}");
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Vae.sln")) ? folder.FullName : Above(folder.Parent!);
}
