using System.Text;

namespace Vae.Torch.Tests;

/// <summary>The tables in Core/README.md agree with validation.</summary>
public class CombinationTableTests
{
    private const string Update = "UPDATE_TABLES", AfterTables = "\n## Decisions\n";

    private static IReadOnlyList<Pair>[] All =>
        [Combinations.OfPosteriorsAndPriors, Combinations.OfObjectivesAndPosteriors, Combinations.OfLikelihoodsAndData,
            Combinations.OfSamplersAndModels];

    [Fact]
    public void TheTablesAreThoseOfValidation()
    {
        var file = Path.Combine(Repository(), "Core", "README.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var actual = Text() + text[text.IndexOf(AfterTables, StringComparison.Ordinal)..];
        if (Environment.GetEnvironmentVariable(Update) == "1")
            File.WriteAllText(file, text = actual);
        Assert.True(text == actual,
            "The tables in Core/README.md differ from validation. "
                + $"If the change is intended, run the tests once with {Update}=1 and commit the file.");
    }

    [Fact]
    public void EveryRefusalStatesTheRuleAndTheValue()
    {
        foreach (var pair in All.SelectMany(pairs => pairs).Where(pair => !pair.IsAllowed))
            Assert.All(pair.Problems, problem => Assert.True(problem.Path.Length > 0 && problem.Rule.Length > 10 && problem.Got.Length > 0,
                $"{pair.Row} and {pair.Column}: {problem}"));
    }

    [Fact]
    public void EveryPartIsOfUse()
    {
        foreach (var pairs in All)
        {
            Assert.All(pairs.GroupBy(pair => pair.Row), row => Assert.Contains(row, pair => pair.IsAllowed));
            Assert.All(pairs.GroupBy(pair => pair.Column), column => Assert.Contains(column, pair => pair.IsAllowed));
        }
    }

    private static string Text()
    {
        var text = new StringBuilder("""
            # Combinations, decisions and extension

            These tables show which parts of a model go together: ✓ where `Specs.Problems` (for samplers, `Samplers.Problems`) accepts
            the pair, which a test then trains or fits; otherwise the numbers of the reasons below the table. A letter after ✓ is the reason
            why autograd trains the pair in place of the compiled step. A test compares the tables with validation; `UPDATE_TABLES=1`
            regenerates them. After them follow the [decisions](#decisions) behind the structure,
            [extension](#extending-from-an-application) from an application, and the [places to change](#adding-a-case-to-the-library)
            to add a case to the library.

            """.ReplaceLineEndings("\n"));
        Table(text, "Posteriors and priors", "posterior", Combinations.OfPosteriorsAndPriors);
        Table(text, "Objectives and posteriors", "objective", Combinations.OfObjectivesAndPosteriors);
        Table(text, "Likelihoods and data", "likelihood", Combinations.OfLikelihoodsAndData);
        Table(text, "Samplers and models", "sampler", Combinations.OfSamplersAndModels);
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string corner, IReadOnlyList<Pair> pairs)
    {
        string[] columns = [.. pairs.Select(pair => pair.Column).Distinct()];
        List<string> reasons = [], uncompiled = [];
        text.Append($"\n## {title}\n\n| {corner} | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var row in pairs.GroupBy(pair => pair.Row))
            text.Append($"| {row.Key} | {string.Join(" | ", row.Select(pair => Cell(pair, reasons, uncompiled)))} |\n");
        text.Append('\n').AppendJoin("", reasons.Select((reason, i) => $"{i + 1}. {reason}\n"));
        if (uncompiled.Count > 0)
            text.Append('\n').AppendJoin("", uncompiled.Select((reason, i) => $"- {(char)('a' + i)}: the compiled step {reason}\n"));
    }

    private static string Allowed(Pair pair, List<string> uncompiled)
    {
        var refusal = pair.Sampler is null ? CompiledStep.Refusal(pair.Run.Model, pair.Run.Objective).Split(", got ")[0] : "";
        if (refusal.Length == 0)
            return "✓";
        if (!uncompiled.Contains(refusal))
            uncompiled.Add(refusal);
        return $"✓ {(char)('a' + uncompiled.IndexOf(refusal))}";
    }

    private static string Cell(Pair pair, List<string> reasons, List<string> uncompiled) => pair.IsAllowed ? Allowed(pair, uncompiled)
        : string.Join(", ", pair.Problems.Select(problem =>
    {
        var reason = $"`{problem.Path}`: {Unnamed(problem.Rule, pair.Run.Model)}";
        if (!reasons.Contains(reason))
            reasons.Add(reason);
        return reasons.IndexOf(reason) + 1;
    }).Order());

    // The row and the column say which: one reason for all of them.
    private static string Unnamed(string rule, VaeSpec model) => rule
        .Replace($"the posterior {Posteriors.Name(model.Posterior)}", model.Posterior is Posterior.Point ? "a point" : "the posterior",
            StringComparison.Ordinal)
        .Replace($" ({Priors.Name(model.Prior)})", "", StringComparison.Ordinal)
        .Replace($" ({Posteriors.Support(model.Posterior).Name})", "", StringComparison.Ordinal);

    private static string Repository()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Vae.sln")))
            at = Path.GetDirectoryName(at)!;
        return at;
    }
}
