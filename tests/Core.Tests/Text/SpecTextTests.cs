using System.Globalization;
using FsCheck.Xunit;

namespace Vae.Tests;

/// <summary>What holds for every one-line grammar.</summary>
public class SpecTextTests
{
    private static readonly DataFacts Data = new(Shape.Vector(4), 1_000, classes: 10, isBinary: false, conditionValues: 2);

    private static readonly Posterior Codes = Posteriors.VectorQuantized(8, 2);

    public static TheoryData<string> Names => [.. SpecText.Grammars.Select(grammar => grammar.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryDocumentedFormIsRead(string name) => Assert.All(
        SpecText.Grammar(name).Forms.SelectMany(form => TextForms.Examples(form.Form)),
        text => Assert.Equal("", Problem(name, text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void AWordMoreOrLessIsRefusedInOneSentence(string name) => Assert.All(
        SpecText.Grammar(name).Forms.SelectMany(form => TextForms.Examples(form.Form))
            .SelectMany(text => new[] { $"{text}:", $"{text}:?", $" :{text}", "" }),
        text => Assert.StartsWith($"{name}: must be", Problem(name, text)));

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersAreReadAlikeInEveryCulture(string name)
    {
        var before = CultureInfo.CurrentCulture;
        var texts = SpecText.Grammar(name).Forms.SelectMany(form => TextForms.Examples(form.Form))
            .Select(text => text.Replace("3", "0.5", StringComparison.Ordinal)).ToList();
        var expected = texts.Select(text => Value(name, text)).ToList();
        try
        {
            CultureInfo.CurrentCulture = WithComma();
            Assert.Equal(expected, texts.Select(text => Value(name, text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Property(Replay = "7,9", MaxTest = 300)]
    public void RandomTextNeverThrows(string? text) => Assert.All(SpecText.Grammars, grammar => Problem(grammar.Name, text ?? ""));

    [Property(Replay = "7,9", MaxTest = 300)]
    public void RandomWordsNeverThrow(uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var words = SpecText.Grammars.SelectMany(grammar => grammar.Forms).SelectMany(form => form.Form.Split(':', ',', '[', ']'))
            .Concat(["", "-1", "0", "1e-3", "NaN", "1e999", "2147483647", "2147483648", "masked", "*", ","]).ToArray();
        var text = string.Join(':', random.GetItems(words, random.Next(1, 6)));
        Assert.All(SpecText.Grammars, grammar => Problem(grammar.Name, text));
    }

    [Theory]
    [InlineData("likelihood", "columns:binary*2147483647")]
    [InlineData("likelihood", "columns:binary*99999,binary*99999")]
    [InlineData("posterior", "flow:planar:2147483647")]
    [InlineData("sampler", "flow:maf:10001")]
    public void AShortTextAsksForNoLongList(string name, string text) => Assert.StartsWith($"{name}: must be", Problem(name, text));

    [Fact]
    public void ALongTextIsNotNested() =>
        Assert.StartsWith("likelihood: must be", Problem("likelihood", string.Concat(Enumerable.Repeat("masked:", 100_000)) + "bernoulli"));

    [Fact]
    public void EveryFormHasASummary() =>
        Assert.All(SpecText.Grammars.SelectMany(grammar => grammar.Forms), form => Assert.EndsWith(".", form.Summary));

    [Fact]
    public void AnUnknownGrammarIsRefused() => Assert.Throws<ArgumentException>(() => SpecText.Grammar("colour"));

    private static string Problem(string name, string text) => Read(name, text).Match(_ => "", problems => $"{Assert.Single(problems)}");

    private static object? Value(string name, string text) => Read(name, text).Match(value => value, _ => (object?)null);

    // Cultures of countries may be absent on a machine.
    private static CultureInfo WithComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        return culture;
    }

    private static Validated<object> Read(string name, string text) => name switch
    {
        "likelihood" => Any(SpecText.Likelihood(text)),
        "posterior" => Any(SpecText.Posterior(text)),
        "prior" => Any(SpecText.Prior(text, Codes)),
        "condition" => Any(SpecText.Condition(text, Data, "data")),
        "objective" => Any(SpecText.Objective(text, Schedules.Constant(1), 1_000)),
        "schedule" => Any(SpecText.Schedule(text)),
        "optimizer" => Any(SpecText.Optimizer(text)),
        "reduce" => Any(SpecText.Reduction(text, 3)),
        "binarize" => Any(SpecText.Binarization(text)),
        "sampler" => Any(SpecText.Sampler(text)),
        "split" => Any(SpecText.Split(text)),
        "init" => Any(SpecText.Initialization(text)),
        _ => throw new ArgumentException($"name: must be a grammar that this test knows, got {name}"),
    };

    private static Validated<object> Any<T>(Validated<T> of) where T : class =>
        of.Match(value => Validated.Valid<object>(value), Validated.Invalid<object>);
}
