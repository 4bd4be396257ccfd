using System.Text.RegularExpressions;

namespace Vae.Tests;

public partial class LayeringTests
{
    // The files beside the folders stand on top of all of them.
    private static readonly string[] Folders =
    [
        "Values", "Numerics", "Formulas", "Parts", "Layers", "Training", "Likelihoods", "Flows", "Hierarchies", "Posteriors", "Priors",
        "Models", "Objectives", "Experiments", "Samplers", "Text",
        "Metrics", "Datasets", "",
    ];

    private static readonly ILookup<string, string> Core = Repository.Sources
        .Where(file => file.StartsWith("Core/Vae.Core/", StringComparison.Ordinal))
        .ToLookup(file => file.Split('/') is [_, _, var folder, .., _] ? folder : "");

    [Fact]
    public void CoreHasTheseFoldersOnly() => Assert.Equal(Folders.Order(), Core.Select(group => group.Key).Order());

    [Fact]
    public void DependenciesOfCoreGoDownOnly()
    {
        var declared = Folders.ToDictionary(folder => folder, folder => Core[folder].SelectMany(Declared).ToHashSet());
        Assert.All(declared, pair => Assert.NotEmpty(pair.Value));
        var upward =
            from folder in Folders
            from file in Core[folder]
            let code = Repository.Code(file)
            let words = Words().Matches(code).Select(match => match.Value).Except(Numbers().Matches(code).Select(match => match.Groups[1].Value)).ToHashSet()
            from higher in Folders.SkipWhile(f => f != folder).Skip(1)
            from type in declared[higher]
            // A type that stands in parts is of the lowest folder.
            where words.Contains(type) && !Folders.TakeWhile(lower => lower != higher).Any(lower => declared[lower].Contains(type))
            select $"{file} knows {higher}/{type}";
        Assert.Equal([], upward);
    }

    [Theory]
    [InlineData(typeof(VaeSpec), "System")]
    [InlineData(typeof(Torch.VaeException), "System", "Vae.Core", "TorchSharp", "SkiaSharp", "netstandard", "Microsoft.Win32")]
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
        Assert.All(typeof(FSharp.Num<>).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.FSharp", type.Namespace));
        Assert.All(typeof(Testing.Generators).Assembly.GetExportedTypes(), type => Assert.Equal("Vae.Testing", type.Namespace));
    }

    private static IEnumerable<string> Declared(string file) =>
        Declarations().Matches(Repository.Code(file)).Select(match => match.Groups[1].Value);

    // A partial declaration without a body only adds an attribute.
    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|struct|record|interface|enum)(?: struct| class)? (\w+)\b(?!;)", RegexOptions.Multiline)]
    private static partial Regex Declarations();

    // A name after a dot is a member of something else, unless that is the namespace; one after a type is declared there.
    [GeneratedRegex(@"(?<![\w.])(?<!(?:\b[A-Z]\w*|[^=\s]>|\b(?:string|int|double|bool))\?? )[A-Z]\w*|(?<=\bVae\.)[A-Z]\w*")]
    private static partial Regex Words();

    // A number of a record may have the name of a type elsewhere, as the kernel size of a convolution.
    [GeneratedRegex(@"\b(?:int|long|double) ([A-Z]\w*)")]
    private static partial Regex Numbers();
}
