using System.Text.RegularExpressions;

namespace Vae.Tests;

public partial class LayeringTests
{
    private const int LargestCycle = 5;

    // Bottom up; "" are the files beside the folders. In Core these stand on top of all but texts, in the shell there is the exception
    // alone.
    private static readonly Dictionary<string, string[]> Floors = new()
    {
        ["Core/Vae.Core"] = [
            "Values", "Numerics", "Formulas", "Coding", "Parts", "Layers", "Data", "Training", "Likelihoods", "Flows", "Hierarchies",
            "Posteriors", "Priors",
            "Models", "Objectives", "Experiments", "Samplers", "Metrics", "Datasets", "", "Text"],
        ["Shell/Vae.Torch"] = [
            "", "Results", "Files", "Native", "Tensors", "Ranks", "Data", "Nets", "Compiled", "Models", "Measuring", "Coding", "Training",
            "Sampling", "Evaluation",
            "Studies", "Notebooks", "Reports", "Sweeps", "Claims"],
        ["Shell/Vae.Pictures"] = ["Drawing", "Images", "Models", "Pages"],
    };

    public static TheoryData<string> Projects => [.. Floors.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void AProjectHasTheseFoldersOnly(string project) =>
        Assert.Equal(Floors[project].Order(), Files(project).Select(Folder).Distinct().Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void DependenciesGoDownOnly(string project)
    {
        var rank = Floors[project].Select((folder, place) => (folder, place)).ToDictionary(floor => floor.folder, floor => floor.place);
        // A type declared in parts counts for its lowest folder.
        var upward = (
            from reference in References(project)
            group rank[Folder(reference.Declared)] by (reference.File, reference.Name) into known
            where known.Min() > rank[Folder(known.Key.File)]
            select $"{known.Key.File} knows {Floors[project][known.Min()]}/{known.Key.Name}").ToList();
        Assert.True(upward.Count == 0, string.Join('\n', upward));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void FilesThatReferToEachOtherAreFew(string project) =>
        Assert.All(Cycles(References(project).ToLookup(reference => reference.File, reference => reference.Declared)),
            cycle => Assert.True(cycle.Count <= LargestCycle, string.Join(" ⇄ ", cycle)));

    [Theory]
    [InlineData(typeof(VaeSpec), "System")]
    [InlineData(typeof(Torch.VaeException), "System", "Vae.Core", "TorchSharp", "netstandard", "Microsoft.Win32", "Sep")]
    [InlineData(typeof(Torch.Picture), "System", "Vae.Core", "Vae.Torch", "TorchSharp", "SkiaSharp")]
    [InlineData(typeof(Torch.ParquetTables), "System", "Vae.Core", "Vae.Torch", "Parquet")]
    [InlineData(typeof(Torch.VaeService), "System", "Vae.Core", "Vae.Torch", "TorchSharp", "Microsoft.Extensions")]
    [InlineData(typeof(Torch.OnnxModels), "System", "Vae.Core", "Vae.Torch", "TorchSharp", "Google.Protobuf")]
    [InlineData(typeof(Torch.VaeEstimator), "System", "Vae.Core", "Vae.Torch", "Vae.Onnx", "TorchSharp", "Google.Protobuf", "Microsoft.ML",
        "Microsoft.Data.Analysis")]
    [InlineData(typeof(FSharp.Num<>), "System", "Vae.Core", "FSharp.Core")]
    [InlineData(typeof(Testing.Generators), "System", "Vae.Core", "FSharp.Core", "FsCheck")]
    public void AnAssemblyReferencesWhatItMay(Type member, params string[] allowed)
    {
        Assert.All(member.Assembly.GetReferencedAssemblies(), name =>
            Assert.Contains(allowed, prefix => name.Name == prefix || name.Name!.StartsWith($"{prefix}.", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryTypeOfAProjectStandsInItsOneNamespace()
    {
        Assert.All(typeof(VaeSpec).Assembly.GetExportedTypes(), type => Assert.Equal("Vae", type.Namespace));
        Assert.All(typeof(Torch.VaeException).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Torch", type.Namespace));
        // One namespace for both, so that adding the package is all that a program changes; Vae.Pictures.Pictures would hide its own class.
        Assert.All(typeof(Torch.Picture).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Torch", type.Namespace));
        Assert.All(typeof(Torch.VaeEstimator).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Torch", type.Namespace));
        Assert.All(typeof(Torch.OnnxModels).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Torch", type.Namespace));
        Assert.All(typeof(FSharp.Num<>).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.FSharp", type.Namespace));
        Assert.All(typeof(Testing.Generators).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Testing", type.Namespace));
    }

    private static IEnumerable<string> Files(string project) =>
        Repository.Sources.Where(file => file.StartsWith($"{project}/", StringComparison.Ordinal));

    // The folder directly below the project; a folder inside it belongs to it.
    private static string Folder(string file) => file.Split('/') is [_, _, var folder, _, ..] ? folder : "";

    private static List<(string File, string Name, string Declared)> References(string project)
    {
        var code = Files(project).ToDictionary(file => file, file => Formatters().Replace(Repository.Code(file), " "));
        var types = code.SelectMany(pair => Matches(Declarations(), pair.Value).Select(name => (name, pair.Key)))
            .ToLookup(d => d.name, d => d.Key);
        var extensions = code.SelectMany(pair => Matches(Extensions(), pair.Value).Select(name => (name, pair.Key)))
            .ToLookup(d => d.name, d => d.Key);
        Assert.NotEmpty(types);
        return [
            .. from pair in code
               from reference in Known(pair.Key, Matches(Words(), pair.Value).Except(Matches(Members(), pair.Value)), types)
               .Concat(Known(pair.Key, Matches(Calls(), pair.Value), extensions))
               select reference];
    }

    private static IEnumerable<(string, string, string)> Known(string file, IEnumerable<string> names, ILookup<string, string> declared) =>
        from name in names.Distinct()
        where !declared[name].Contains(file)
        from other in declared[name]
        select (file, name, other);

    private static IEnumerable<string> Matches(Regex regex, string text) => regex.Matches(text).Select(match => match.Groups[1].Value);

    // Two files are in one cycle where each reaches the other.
    private static IEnumerable<List<string>> Cycles(ILookup<string, string> next)
    {
        var reached = next.ToDictionary(group => group.Key, group => Reached(next, group.Key));
        return reached.Keys
            .Select(file => reached[file].Where(other => reached.TryGetValue(other, out var back) && back.Contains(file))
                .Order(StringComparer.Ordinal).ToList())
            .Where(cycle => cycle.Count > 0).DistinctBy(cycle => cycle[0]);
    }

    private static HashSet<string> Reached(ILookup<string, string> next, string from)
    {
        var reached = new HashSet<string>();
        for (var left = new Stack<string>(next[from]); left.TryPop(out var file);)
            if (reached.Add(file))
                foreach (var other in next[file])
                    left.Push(other);
        return reached;
    }

    // A partial declaration without a body only adds an attribute.
    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|struct|record|interface|enum)(?: struct| class)? (\w+)\b(?!;)",
        RegexOptions.Multiline)]
    private static partial Regex Declarations();

    [GeneratedRegex(@"^    (?:public|internal) static [^(=]*?\b(\w+)(?:<[\w, ]+>)?\(this ", RegexOptions.Multiline)]
    private static partial Regex Extensions();

    // A name after a dot is a member of something else, unless that is the namespace; one after a type is declared there.
    [GeneratedRegex(
        @"((?<![\w.])(?<!(?:\b[A-Z]\w*|[^=\s]>|\b(?:string|int|long|double|bool))\?? )[A-Z]\w*|(?<=\bVae\.|\bTorch\.)[A-Z]\w*)")]
    private static partial Regex Words();

    // A member or parameter may have the name of a type elsewhere, as the kernel size of a convolution; then the name means it in its file.
    [GeneratedRegex(@"(?:\b(?:[A-Z]\w*|string|int|long|double|float|bool|byte)|[^=\s]>|\])\?? ([A-Z]\w*)(?=\s*(?:[,)=;{(]))")]
    private static partial Regex Members();

    [GeneratedRegex(@"(?<=\.)([A-Z]\w*)(?=(?:<[\w, ]+>)?\()")]
    private static partial Regex Calls();

    // A result names what a notebook shows it by, and the formatter knows the results: the convention asks for a type in an attribute.
    [GeneratedRegex(@"\[TypeFormatterSource\([^\]]*\]")]
    private static partial Regex Formatters();
}
