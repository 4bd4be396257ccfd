namespace Vae;

internal static class SplitGrammar
{
    public static TextGrammar Grammar { get; } = new("split", [
        new("shuffled", "At random; the seed decides."),
        new("stratified", "At random within each label, so that all parts have the labels in the same proportions."),
        new("grouped:BY", "Groups at random, none of them in two parts."),
        new("given:BY", "As BY says for each example: train, validation or test."),
    ], "BY is a column of a table, which the model then does not see, or a text file with a line for each example");

    public static SplitRule? Read(string[] words) => words switch
    {
        ["shuffled"] => SplitRules.Shuffled,
        ["stratified"] => SplitRules.Stratified,
        ["grouped", { Length: > 0 } by] => SplitRules.Grouped(by),
        ["given", { Length: > 0 } by] => SplitRules.Given(by),
        _ => null,
    };
}
