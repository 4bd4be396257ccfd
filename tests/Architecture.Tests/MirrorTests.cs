namespace Vae.Tests;

public class MirrorTests
{
    private const double MinShare = 0.9;

    // A package of one folder has its tests in a folder of its own.
    private static readonly (string Tests, string Sources, string Folder)[] Projects = [
        ("tests/Core.Tests", "Core/Vae.Core", ""),
        ("tests/Core.Tests", "Core/Vae.Testing", "Testing"),
        ("tests/Torch.Tests", "Shell/Vae.Torch", ""),
        ("tests/Cli.Tests", "Shell/Vae.Cli", ""),
        ("tests/Pictures.Tests", "Shell/Vae.Pictures", "")];

    [Fact]
    public void TestsStandInTheFoldersOfWhatTheyTest()
    {
        var all = Repository.Sources.Where(file => Projects.Any(project => file.StartsWith($"{project.Tests}/", StringComparison.Ordinal))
            && file.EndsWith("Tests.cs", StringComparison.Ordinal)).ToList();
        var strays = all.Where(test => !Stands(test)).ToList();
        Assert.True(all.Count > 100);
        Assert.True(all.Count - strays.Count >= MinShare * all.Count,
            $"{strays.Count} of {all.Count} test files do not stand in the folder of the source file that they are named after:\n"
            + string.Join('\n', strays));
    }

    [Theory]
    [InlineData("tests/Core.Tests/Flows/FlowsTests.cs", true)]
    [InlineData("tests/Core.Tests/Priors/FlowsTests.cs", false)]
    [InlineData("tests/Core.Tests/Testing/GeneratorsTests.cs", true)]
    [InlineData("tests/Core.Tests/Flows/NoSuchSourceTests.cs", true)]
    [InlineData("tests/Core.Tests/NoSuchFolder/NoSuchSourceTests.cs", false)]
    public void AFolderIsThatOfTheSource(string test, bool stands) => Assert.Equal(stands, Stands(test));

    // A test of several sources, which has the name of none, stands in a folder that has sources.
    private static bool Stands(string test)
    {
        var subject = Path.GetFileName(test)[..^"Tests.cs".Length];
        var sources = Projects.Where(project => test.StartsWith($"{project.Tests}/", StringComparison.Ordinal)).SelectMany(Sources)
            .ToList();
        var folders = sources.Where(source => source.Name.StartsWith(subject, StringComparison.Ordinal)).Select(source => source.Folder)
            .ToList();
        var folder = Folder(test["tests/".Length..]);
        return folders.Count > 0 ? folders.Contains(folder) : folder.Length > 0 && sources.Any(source => IsWithin(source.Folder, folder));
    }

    private static IEnumerable<(string Name, string Folder)> Sources((string Tests, string Sources, string Folder) project) =>
        Repository.Sources.Where(file => file.StartsWith($"{project.Sources}/", StringComparison.Ordinal)).Select(file =>
            (Path.GetFileName(file), Path.Join(project.Folder, Folder(file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..]))));

    // Without the project, which comes first.
    private static string Folder(string file) => string.Join('/', file.Split('/')[1..^1]);

    private static bool IsWithin(string folder, string other) =>
        folder == other || folder.StartsWith($"{other}/", StringComparison.Ordinal);
}
