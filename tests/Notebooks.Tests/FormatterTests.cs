using Microsoft.DotNet.Interactive.Formatting;
using Vae.Torch;

namespace Vae.Notebooks.Tests;

/// <summary>
/// How values show themselves: what .NET Interactive's own formatters make of the convention.
/// </summary>
public sealed class FormatterTests
{
    private const string Html = "text/html", Plain = "text/plain", Png = "image/png";

    private static readonly VaeSpec Model = Zoo.Mlp(Shape.Image(1, 28, 28), latent: 10);

    private static readonly HistoryEntry Epoch = new(1, 10, 1, 100, 1e-3, 1, new(3, 2, 1), new(3.5, 2.25, 1.25));

    private static readonly Dictionary<string, (object Value, string Preferred)> Known = new()
    {
        ["model"] = (Model, Html),
        ["experiment"] = (TrainRecipes.Default(Model, "digits"), Html),
        ["problems"] = (Specs.Problems(Model.With(latent: -1)), Html),
        ["no problems"] = (Specs.Problems(Model), Html),
        ["problem"] = (Specs.Problems(Model.With(latent: -1))[0], Plain),
        ["shape"] = (Model.Input, Plain),
        ["terms"] = (new Terms(3, 2, 1), Html),
        ["evaluation"] = (new Evaluation(null, 2, null, null, null, 1, 5, 3), Html),
        ["result"] =
            (new TrainResult("run", Outcome.Completed, 1, 1, 100, Epoch.Train, Epoch.Validation, [Epoch], "1 epoch trained"), Html),
        ["data"] = (DataSources.Load("digits", new DataOptions(Limit: 10)), Html),
        ["picture"] = (Picture.Greyscale(2, 1, [0, 255]), Png),
    };

    public static TheoryData<string> Values => [.. Known.Keys];

    [Theory]
    [MemberData(nameof(Values))]
    public void TheToolShowsThePreferredFormAndText(string name)
    {
        var (value, preferred) = Known[name];
        Assert.Equal(new[] { preferred, Plain }.Distinct(), Shown(value).Keys);
        Assert.Equal(preferred, Formatter.GetPreferredMimeTypesFor(value.GetType()).First());
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void WhatIsShownIsWellFormed(string name)
    {
        var (value, preferred) = Known[name];
        var shown = Shown(value)[preferred];
        if (preferred == Html)
            Assert.NotEmpty(System.Xml.Linq.XDocument.Parse($"<shown>{shown}</shown>").Descendants("td"));
        else if (preferred == Png)
            Assert.Equal((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G'], Convert.FromBase64String(shown)[..4]);
        else
            Assert.Equal($"{value}", shown);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void OutsideOfANotebookTheSameTextIsShown(string name) =>
        Assert.Equal(Shown(Known[name].Value)[Plain], Displays.Text(Known[name].Value));

    [Fact]
    public void ATextIsEscaped() =>
        Assert.Contains("&lt;b&gt; &amp; c", Shown(ValueList.From([new Problem("a", "<b> & c", "")]))[Html]);

    [Fact]
    public void ListsOfOtherThingsAreLeftToTheNotebook() =>
        Assert.Contains("dni-treeview", ValueList.From([1, 2]).ToDisplayString(Html));

    [Fact]
    public void ASpecWithoutJsonIsShownAllTheSame() =>
        Assert.Contains("NaN", Shown(Model.With(likelihood: Likelihoods.Normal(double.NaN)))[Plain]);

    [Fact]
    public void ATableOfASpecNamesWhatItsProblemsName()
    {
        var table = Shown(Model.With(likelihood: Likelihoods.Normal(-1)))[Plain];
        Assert.Contains("encoder.layers  flatten → linear(400) → relu", table);
        Assert.Contains("likelihood      normal(fixed(-1))", table);
    }

    [Fact]
    public void ProgressLeavesTheSameTextHoweverOftenItIsReported()
    {
        Assert.Equal(Lines(), Lines(1, 2, 5, 9));
        Assert.EndsWith($"{new string('·', 20)} epoch 1: train 3.00, test 3.50\n", Lines(3));
    }

    private static Dictionary<string, string> Shown(object value) =>
        FormattedValue.CreateManyFromObject(value).ToDictionary(form => form.MimeType, form => form.Value);

    private static string Lines(params long[] steps)
    {
        using var text = new StringWriter();
        var lines = new ProgressLines(text);
        lines.Report(new TrainEvent.Started("run", TrainRecipes.Default(Model, "digits"), 100, 200, 0, 10, "autograd step"));
        foreach (var step in steps)
            lines.Report(new TrainEvent.Progressed(step, 1, Epoch.Train));
        lines.Report(new TrainEvent.EpochEnded(Epoch));
        return $"{text}";
    }
}
