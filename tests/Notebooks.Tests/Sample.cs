using System.Text.Json.Nodes;

namespace Vae.Notebooks.Tests;

/// <summary>A small sound notebook on disk, to be made wrong.</summary>
public sealed class Sample : IDisposable
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVQIHWNgYGBgYAAAAAUAAeoIJP8AAAAASUVORK5CYII=";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-sample-");

    public Sample(string language)
    {
        var fsharp = language == "fsharp";
        var kernel = fsharp ? Language.FSharp : Language.CSharp;
        string open = fsharp ? "open Vae.Torch" : "using Vae.Torch;", print = fsharp ? "printfn \"one\"" : "Console.WriteLine(\"one\");",
            show = fsharp ? "Picture.Greyscale(2, 2, System.ReadOnlySpan [| 0uy; 85uy; 170uy; 255uy |])" : "Picture.Greyscale(2, 2, new byte[] { 0, 85, 170, 255 })";
        var references = string.Concat(Packages.Needed.Select(name => $"#r \"nuget: {name}, {Packages.Known(Checks.Repository)[name]}\"\n"));
        var root = new JsonObject
        {
            ["cells"] = new JsonArray(
                Code("packages", references + open, kernel),
                Code("text", print, kernel, Outputs.Stream("stdout", "one\n")),
                Code("picture", show, kernel,
                    Outputs.Display(new Dictionary<string, string> { ["image/png"] = Picture, ["text/plain"] = "picture of 2×2 pixels" }))),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = kernel.Display, ["language"] = kernel.Name, ["name"] = kernel.Kernel },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = kernel.Polyglot,
                        ["items"] = new JsonArray(new JsonObject { ["name"] = kernel.Polyglot })
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        File.WriteAllText(Path, root.ToJsonString());
    }

    public string Path => System.IO.Path.Combine(folder.FullName, "sample.ipynb");

    public Notebook Notebook() => Notebooks.Notebook.Read(Path);

    public void Change(Action<JsonObject> change)
    {
        var root = Notebook().Root;
        change(root);
        File.WriteAllText(Path, root.ToJsonString());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static JsonObject Code(string id, string source, Language kernel, params JsonNode[] outputs) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel.Polyglot } },
        ["outputs"] = new JsonArray(outputs),
        ["source"] = source,
    };
}
