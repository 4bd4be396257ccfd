using System.Text.RegularExpressions;

namespace Vae.Tests;

/// <summary>Pages of one package look like those of another.</summary>
public partial class PageStyleTests
{
    [Fact]
    public void TheExplorerHasTheColoursOfReports()
    {
        var (report, explorer) = (Colours("Shell/Vae.Pictures/Pages/ReportStyle.cs"), Colours("Shell/Vae.Onnx/Pages/Files/explore.css"));
        Assert.True(report.Count >= 12);
        Assert.Superset(report, explorer);
    }

    private static HashSet<string> Colours(string file) => [.. Definitions().Matches(Repository.Read(file)).Select(match => match.Value)];

    [GeneratedRegex("--[a-z]+: #[0-9a-f]{6};")]
    private static partial Regex Definitions();
}
