using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vae.Notebooks.Tests;

/// <summary>The packages as a user meets them: outside of this repository, from a feed.</summary>
public sealed class PackageTests(Feed feed) : IClassFixture<Feed>
{
    private const string Trained = "nats per example: ";

    private static readonly Dictionary<string, string> Nothing = [];

    public static TheoryData<string> Libraries => [.. new[] { "Core", "Shell" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Checks.Repository, folder), "*.?sproj", SearchOption.AllDirectories))
        .Where(project => !File.ReadAllText(project).Contains("<PackAsTool>", StringComparison.Ordinal)
            && !File.ReadAllText(project).Contains("<IsPackable>", StringComparison.Ordinal))
        .Select(project => Path.GetFileNameWithoutExtension(project))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void ALibraryIsPackedWithAllThatAPackageShouldHave(string name)
    {
        using var package = ZipFile.OpenRead(Path.Combine(feed.Packages, $"{name}.{feed.Version}.nupkg"));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        string[] needed = ["README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"];
        Assert.Equal([], needed.Except(files));
        Assert.Equal("MIT", Metadata(package, "license"));
        Assert.Contains("# Release notes", Metadata(package, "releaseNotes"));
        Assert.True(File.Exists(Path.Combine(feed.Packages, $"{name}.{feed.Version}.snupkg")));
    }

    [Fact]
    public void TheToolOfAPlatformBringsLibtorch()
    {
        using var package = ZipFile.OpenRead(feed.PlatformPackage);
        Assert.Contains(package.Entries, entry => entry.Name.Contains("torch_cpu", StringComparison.Ordinal));
        Assert.Equal("MIT", Metadata(package, "license"));
    }

    [Fact]
    public void ACSharpProjectTrains()
    {
        var folder = feed.Folder("csharp");
        File.WriteAllText(Path.Combine(folder, "csharp.csproj"),
            Project($"<PackageReference Include=\"Vae.Pictures\" Version=\"{feed.Version}\" />"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), $$"""
            using Vae;
            using Vae.Torch;

            var data = DataSources.Load("digits", new DataOptions(Limit: 500));
            var model = Zoo.Mlp(data.Train.Shape, latent: 4, hidden: 32);
            var result = Trainer.Train(TrainRecipes.Default(model, "digits", epochs: 1), data, new RunOptions("run"), new ProgressLines());
            Console.WriteLine($"{{Trained}}{result.Test.NegElbo:F1}");
            using var vae = RunFolder.Open("run").LoadModel();
            RunPictures.Samples(vae, count: 4, seed: 1).Save("drawn.png");
            """);
        Assert.Contains(Trained, DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release"));
        Assert.True(File.Exists(Path.Combine(folder, "drawn.png")));
    }

    [Fact]
    public void AProjectReadsAndWritesParquet()
    {
        var folder = feed.Folder("columns");
        // An assembly named as one of its dependencies would hide it.
        File.WriteAllText(Path.Combine(folder, "columns.csproj"),
            Project($"<PackageReference Include=\"Vae.Parquet\" Version=\"{feed.Version}\" />"));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), $$"""
            using Vae;
            using Vae.Torch;

            TableWriter.Write("t.parquet", ["size", "kind"],
                Enumerable.Range(0, 60).Select(i => ValueList.From([$"{i % 7}.5", i % 2 == 0 ? "red" : "green"])), ParquetTables.Format);
            var table = TableFile.Open("t.parquet", ParquetTables.Format);
            var data = table.Read(table.Infer().Schema, isMasked: false);
            Console.WriteLine($"{data.Count} rows of {string.Join(", ", table.Names)}");
            """);
        Assert.Contains("60 rows of size, kind", DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release"));
    }

    [Fact]
    public void AProjectServesAModel()
    {
        var folder = feed.Folder("hosting");
        File.WriteAllText(Path.Combine(folder, "hosting.csproj"), Project($"""
            <PackageReference Include="Vae.Hosting" Version="{feed.Version}" />
            <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.12" />
            """));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """
            using Microsoft.Extensions.DependencyInjection;
            using Vae;
            using Vae.Torch;

            var data = DataSources.Load("digits", new DataOptions(Limit: 200));
            Trainer.Train(TrainRecipes.Default(Zoo.Mlp(data.Train.Shape, 2, 8), "digits", epochs: 1), data, new RunOptions("run"));
            await using var services = new ServiceCollection().AddVae("run").BuildServiceProvider();
            var vae = services.GetRequiredService<VaeService>();
            var answers = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => vae.ScoreAsync(new float[vae.Width])));
            Console.WriteLine($"scores: {answers.Select(answer => answer.Score).Distinct().Count()} of {answers.Length}");
            """);
        Assert.Contains("scores: ", DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release"));
    }

    [Fact]
    public void AnFSharpProjectTrains()
    {
        var folder = feed.Folder("fsharp");
        File.WriteAllText(Path.Combine(folder, "fsharp.fsproj"), Project("<Compile Include=\"Program.fs\" />"));
        File.WriteAllText(Path.Combine(folder, "Program.fs"), $"""
            open Vae
            open Vae.Torch

            let data = DataSources.Load("digits", DataOptions(Limit = 500))
            let model = Zoo.Mlp(data.Train.Shape, latent = 4, hidden = 32).With(likelihood = Likelihoods.SquaredError)
            let result = Trainer.Train(TrainRecipes.Default(model, "digits", epochs = 1), data, RunOptions "run", ProgressLines())
            printfn "{Trained}%O" result.Test
            """);
        Assert.Contains(Trained, DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release"));
    }

    /// <summary>The programs that the READMEs of the packages show, as they stand there.</summary>
    [Theory]
    [InlineData("Shell/Vae.Torch/README.md", "csharp", "cs")]
    [InlineData("Core/Vae.FSharp/README.md", "fsharp", "fs")]
    public void AShortProgramTrainsOnATableInMemory(string readme, string language, string extension)
    {
        var text = File.ReadAllText(Path.Combine(Checks.Repository, readme));
        var program = Regex.Matches(text, $"```{language}\n(.*?)```", RegexOptions.Singleline).Select(found => found.Groups[1].Value)
            .Single(found => found.Contains("Dataset.FromRows", StringComparison.Ordinal));
        Assert.InRange(program.Count(c => c == '\n'), 1, 30);
        var folder = feed.Folder($"memory-{extension}");
        File.WriteAllText(Path.Combine(folder, $"memory.{extension}proj"),
            Project(extension == "fs" ? "<Compile Include=\"Program.fs\" />" : ""));
        File.WriteAllText(Path.Combine(folder, $"Program.{extension}"), program);
        var output = DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release");
        // The true value is 50, known up to a uniform noise in ±2.
        Assert.Matches(@"imputed income: (4[89]|5[0-3])", output);
        Assert.Contains("a synthetic row: ", output);
    }

    [Fact]
    public void AShortProgramTrainsInAPipelineOfMlNet()
    {
        var text = File.ReadAllText(Path.Combine(Checks.Repository, "Shell/Vae.ML/README.md"));
        var program = Regex.Match(text, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.InRange(program.Count(c => c == '\n'), 1, 30);
        var folder = feed.Folder("pipeline");
        File.WriteAllText(Path.Combine(folder, "pipeline.csproj"), Project($"""
            <PackageReference Include="Vae.ML" Version="{feed.Version}" />
            <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="1.31.1" />
            """));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
        var output = DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release");
        // The one that was planted.
        Assert.Contains("the oddest of 601: a cook who earns 90", output);
        Assert.Contains("synthetic: ", output);
    }

    [Fact]
    public void AnInstalledToolTrains()
    {
        var folder = feed.Folder("tool");
        DotNet.Run("dotnet", folder, Nothing, "tool", "install", "vae", "--version", feed.Version, "--tool-path",
            Path.Combine(folder, "bin"));
        var vae = Path.Combine(folder, "bin", OperatingSystem.IsWindows() ? "vae.exe" : "vae");
        Assert.Contains(
            "run: ", DotNet.Run(vae, folder, Nothing, "train", "--data", "digits", "--limit", "500", "--epochs", "1", "--out", "run"));
        Assert.True(File.Exists(Path.Combine(folder, "run", "report.html")));
    }

    /// <summary>
    /// The shortest notebook. All paired scripts compile, and hold the cells that were run in their notebooks: to run each once more, which
    /// takes minutes, is left to who asks for it by ALL_TWINS=1.
    /// </summary>
    public static TheoryData<string> Notebooks =>
        Environment.GetEnvironmentVariable("ALL_TWINS") == "1" ? NotebookTests.Names : [Checks.Chosen("02").Single().Name];

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void ThePairedScriptOfANotebookRunsAndDrawsItsPictures(string name)
    {
        var notebook = Checks.Chosen(name).Single(notebook => notebook.Name == name);
        Assert.Equal(Pictures(notebook).Order(), Drawn(notebook, File.ReadAllText(PairedScripts.PathOf(notebook))));
    }

    [Fact]
    public void ThePairedScriptOfASmallNotebookInCSharpTrains()
    {
        using var sample = new Sample("csharp");
        sample.Change(root =>
        {
            root["cells"]![1]!["source"] = """
                using Vae;
                var data = DataSources.Load("digits", new DataOptions(Limit: 500));
                var model = Zoo.Mlp(data.Train.Shape, latent: 4, hidden: 32);
                Trainer.Train(TrainRecipes.Default(model, "digits", epochs: 1), data, new RunOptions("run"));
                """;
            root["cells"]![2]!["source"] = "RunPictures.Samples(RunFolder.Open(\"run\").LoadModel(), count: 4, seed: 1)";
        });
        Assert.Equal(["sample-picture"], Drawn(sample.Notebook(), PairedScripts.Write(sample.Notebook())));
    }

    /// <summary>Runs a paired script and returns the names of the pictures that it wrote.</summary>
    private IEnumerable<string?> Drawn(Notebook notebook, string script)
    {
        var folder = feed.Folder(notebook.Name);
        var program = Path.Combine(folder, Path.GetFileName(PairedScripts.PathOf(notebook)));
        File.WriteAllText(program, feed.Pinned(script));
        _ = notebook.Language == Language.CSharp
            ? DotNet.Run("dotnet", folder, Nothing, "run", "-c", "Release", program)
            : DotNet.Run("dotnet", folder, feed.Environment, "fsi", program);
        return Directory.EnumerateFiles(folder, "*.png").Select(Path.GetFileNameWithoutExtension).Order();
    }

    private static IEnumerable<string> Pictures(Notebook notebook) => notebook.Code
        .Where(cell => cell.Outputs.Any(output => output?["data"]?["image/png"] is not null)).Select(cell => $"{notebook.Name}-{cell.Id}");

    private string Project(string items) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
            <SelfContained>false</SelfContained>
          </PropertyGroup>
          <ItemGroup>
            {items}
            <PackageReference Include="Vae.Torch" Version="{feed.Version}" />
            <PackageReference Include="TorchSharp-cpu" Version="{Vae.Notebooks.Packages.Known(Checks.Repository)["TorchSharp-cpu"]}" />
          </ItemGroup>
        </Project>
        """;

    private static string Metadata(ZipArchive package, string name)
    {
        using var nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Descendants().Single(element => element.Name.LocalName == name).Value;
    }
}
