using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vae.Tests;

public sealed class ReportTests : IDisposable
{
    [Fact]
    public void RunsThatDifferInTheirSeedAreAveraged()
    {
        SweepRow Row(string beta, string seed, double kl) => new(
            $"{beta}-{seed}", [beta, seed], Outcome.Completed, 1, 1, new(kl + 10, 10, kl), 3, false);
        var page = string.Concat(SweepReports.SeedMeans(new(
            "s", ["beta", "seed"], [Row("1", "1", 2), Row("1", "2", 4), Row("4", "1", 1)], 4)).Select(element => $"{element}"));
        Assert.Contains("<td class=\"number\">13.00 ± 1.41</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td class=\"number\">3.00 ± 1.41</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<td>4</td>", page, StringComparison.Ordinal);
        Assert.Empty(SweepReports.SeedMeans(new("s", ["beta"], [Row("1", "1", 2), Row("2", "1", 2)], 2)));
    }

    [Fact]
    public void ANarrowScreenHasAChartOfItsOwn()
    {
        var html = ReportPage.Html(Content());
        var narrow = XDocument.Parse(html).Descendants("div").Single(e => e.Attribute("class")?.Value == "narrow chart");
        Assert.StartsWith("background-image:url(data:image/png;base64,", narrow.Attribute("style")!.Value, StringComparison.Ordinal);
        Assert.Contains(".narrow { display: block; }", html, StringComparison.Ordinal);
    }

    private const string Hostile = "\"/><script>alert('x')</script>&amp;\u0001\uD83D\uDE00 </title><!--";
    private readonly string folder = Directory.CreateTempSubdirectory("vae-report").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ReportContent Content() =>
        new("", Runs.Result(), Runs.Experiment(), [new("Samples", "Draws.", Picture.Greyscale(2, 1, [0, 255]))]);

    [Fact]
    public void APageIsWellFormedAndWhole()
    {
        var html = ReportPage.Html(Content());
        Assert.StartsWith("<!DOCTYPE html>\n<html", html, StringComparison.Ordinal);
        var names = XDocument.Parse(html).Descendants().Select(e => e.Name.LocalName).ToHashSet();
        Assert.Superset(new HashSet<string> { "title", "h1", "table", "figure", "img", "details", "pre", "style" }, names);
    }

    // HTML reads <td/> as a cell left open: only void elements may close themselves.
    [Fact]
    public void OnlyVoidElementsCloseThemselves() =>
        Assert.All(Regex.Matches(ReportPage.Html(Content()), "<([a-z0-9]+)[^>]*/>"),
            match => Assert.Contains(match.Groups[1].Value, new[] { "meta", "img" }));

    [Fact]
    public void NothingIsFetchedAndNothingRuns()
    {
        var page = XDocument.Parse(ReportPage.Html(Content()));
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe" or "object" or "base");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)
            || a.Name.LocalName is "href" or "srcset");
        Assert.All(page.Descendants().Attributes("src"),
            a => Assert.StartsWith("data:image/png;base64,", a.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch("url\\(|@import|https?:", page.Descendants("style").Single().Value);
    }

    [Fact]
    public void APictureInThePageIsThePicture()
    {
        var content = Content();
        var sources = XDocument.Parse(ReportPage.Html(content)).Descendants("img").Select(e => e.Attribute("src")!.Value.Split(',')[1])
            .Select(Convert.FromBase64String).ToList();
        Assert.Equal([Pictures.Curves(content.Result.History).ToPng(), content.Figures[0].Picture.ToPng()], sources);
    }

    [Fact]
    public void HostileNamesStayText()
    {
        var shown = Hostile.Replace('\u0001', '\uFFFD');
        var html = ReportPage.Html(
            new(Hostile, Runs.Result(note: Hostile), Runs.Experiment(Hostile), [new(Hostile, Hostile, Picture.Greyscale(1, 1, [0]))]));
        var page = XDocument.Parse(html);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Equal(shown, page.Descendants("title").Single().Value);
        Assert.Equal(shown, page.Descendants("h1").Single().Value);
        Assert.Equal(shown, page.Descendants("figcaption").Last().Value);
        Assert.Equal(shown, page.Descendants("img").Last().Attribute("alt")!.Value);
    }

    [Fact]
    public void AllNumbersAreThere()
    {
        var content = Content();
        var text = XDocument.Parse(ReportPage.Html(content)).Descendants("body").Single().Value;
        foreach (var number in new[] { "106.60", "82.35", "24.25", "106.73", "81.23", "25.50", "1,688,289", "24,011", "2 min 31 s",
            "20 epochs", "Completed" })
            Assert.Contains(number, text, StringComparison.Ordinal);
        var rows = XDocument.Parse(ReportPage.Html(content)).Descendants("details").First().Descendants("tr").Skip(1).ToList();
        Assert.Equal(content.Result.History.Select(e => $"{e.Epoch}"), rows.Select(row => row.Elements().First().Value));
    }

    [Fact]
    public void TheExperimentOnThePageReadsBackAsItself()
    {
        var content = Content();
        var json = XDocument.Parse(ReportPage.Html(content)).Descendants("code").Single().Value;
        Assert.Equal(content.Experiment, VaeException.Unwrap(SpecJson.ReadExperiment(json)));
    }

    [Fact]
    public void TheModelsParametersAddUpToTheTotal()
    {
        var table = XDocument.Parse(ReportPage.Html(Content())).Descendants("table")
            .Single(t => t.Value.StartsWith("Network", StringComparison.Ordinal));
        var counts = table.Descendants("tr").Skip(1).Select(row => row.Elements().Last().Value.Replace(",", "", StringComparison.Ordinal))
            .Where(text => text.Length > 0).Select(long.Parse).ToList();
        Assert.Equal(counts[^1], counts[..^1].Sum());
        Assert.Contains("64×7×7", table.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ACrossEntropyIsNotCalledABound()
    {
        Assert.Contains("cross-entropy on soft targets between 0 and 1 is not a density", ReportPage.Html(Content()), StringComparison.Ordinal);
        var density = ReportPage.Html(Content() with { Experiment = Runs.Experiment(likelihood: Likelihoods.Bernoulli) });
        Assert.Contains("Reconstruction (Bernoulli)", density, StringComparison.Ordinal);
        Assert.DoesNotContain("not a density", density, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunThatFailedAtOnceHasAReport()
    {
        var nothing = new Terms(double.NaN, double.PositiveInfinity, double.NaN);
        var result = Runs.Result(outcome: Outcome.Diverged) with { Epochs = 0, Train = nothing, Test = nothing, History = [], Seconds = 0 };
        var html = ReportPage.Html(Content() with { Result = result });
        Assert.Contains("Diverged", html, StringComparison.Ordinal);
        Assert.Contains("not finite", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportIsLinkedToTheExplorerOnce()
    {
        var linked = ReportPage.WithExplorer(ReportPage.Html(Content()))!;
        var links = XDocument.Parse(linked).Descendants("a").Select(link => link.Attribute("href")!.Value);
        Assert.Equal(["explore.html"], links);
        Assert.Null(ReportPage.WithExplorer(linked));
        Assert.Null(ReportPage.WithExplorer("<p>No heading</p>"));
    }

    [Fact]
    public void ASavedReportIsItsPage()
    {
        var path = Path.Combine(folder, "report.html");
        ReportPage.Save(Content(), path);
        Assert.Equal(ReportPage.Html(Content()), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }
}
