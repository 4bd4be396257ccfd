namespace Vae;

/// <summary>How the examples of one file are divided into training, validation and test parts.</summary>
[Closed]
public abstract partial record SplitRule
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>At random; the seed decides.</summary>
    public sealed partial record Shuffled : SplitRule;

    /// <summary>At random within each label, so that all parts have the labels in the same proportions up to one example.</summary>
    public sealed partial record Stratified : SplitRule;

    /// <summary>Groups at random, none of them in two parts: several pictures of one patient, rows of one household.</summary>
    /// <param name="By">
    /// The column of a table whose equal texts are a group, which no model sees; or the path of a text file with a line for each example.
    /// </param>
    public sealed partial record Grouped(string By) : SplitRule
    {
        internal override ValueList<Problem> Problems(string path) => Named(path, By);
    }

    /// <summary>
    /// As a text says for each example: train, validation or test. Without any for validation or test, those parts are taken from the
    /// training examples at random.
    /// </summary>
    /// <param name="By">The column of a table, which no model sees; or the path of a text file with a line for each example.</param>
    public sealed partial record Given(string By) : SplitRule
    {
        internal override ValueList<Problem> Problems(string path) => Named(path, By);
    }

    private static ValueList<Problem> Named(string path, string by) =>
        Rules.If(string.IsNullOrWhiteSpace(by), $"{path}.by", "must name a column or a file", "nothing");
}

/// <summary>Split rules by name.</summary>
public static class SplitRules
{
    /// <summary>At random.</summary>
    public static SplitRule Shuffled { get; } = new SplitRule.Shuffled();

    /// <summary>At random within each label.</summary>
    public static SplitRule Stratified { get; } = new SplitRule.Stratified();

    /// <summary>Groups at random, none of them in two parts.</summary>
    /// <param name="by">A column of a table, or the path of a text file with a line for each example.</param>
    public static SplitRule Grouped(string by) => new SplitRule.Grouped(by);

    /// <summary>As a text says for each example: train, validation or test.</summary>
    /// <param name="by">A column of a table, or the path of a text file with a line for each example.</param>
    public static SplitRule Given(string by) => new SplitRule.Given(by);

    /// <summary>The column or file that a rule reads; empty if it reads none.</summary>
    internal static string By(SplitRule rule) => rule.Match(given: r => r.By, grouped: r => r.By, shuffled: _ => "", stratified: _ => "");
}
