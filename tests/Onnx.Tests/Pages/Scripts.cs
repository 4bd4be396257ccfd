using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Vae.Torch.Tests;

/// <summary>Runs the script of the page outside of it: by Node.js, or else in Chromium.</summary>
internal static class Scripts
{
    private static readonly string? Node = Programs.Find("node", "nodejs");

    /// <summary>Whether there is a program that runs scripts.</summary>
    public static bool CanRun => Node is not null || Browser.IsThere;

    /// <summary>The value of an expression after the page's script, whose variable <c>given</c> is the input.</summary>
    public static async Task<JsonNode> Run(string expression, JsonNode given)
    {
        var script = $"{PageTemplate.Script}\nconst given = {given.ToJsonString()};\nconst found = {expression};\n";
        if (Node is null)
        {
            var browser = new Browser();
            try
            {
                await browser.Open("<!DOCTYPE html><html><body></body></html>", 400);
                // Without a document the page does not start.
                return JsonNode.Parse(await browser.Evaluate<string>(
                    $"(document => {{ {script} return JSON.stringify(found); }})(undefined)"))!;
            }
            finally
            {
                await browser.DisposeAsync();
            }
        }
        using var folder = new TempFolder();
        var file = folder.Write("run.js", Encoding.UTF8.GetBytes(script + "process.stdout.write(JSON.stringify(found));\n"));
        using var process = Process.Start(
            new ProcessStartInfo(Node, [file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!;
    }
}

/// <summary>Programs of the machine.</summary>
internal static class Programs
{
    /// <summary>The path of the first of some programs that is installed; null if none is.</summary>
    public static string? Find(params string[] names) => (
        from name in names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        let path = Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)
        where File.Exists(path)
        select path).FirstOrDefault();
}
