namespace Vae;

internal static class ConditionGrammar
{
    public static TextGrammar Grammar { get; } = new("condition", [
        new("none", "No condition."),
        new("label", "The class of each example, of labelled data."),
        new("labels:CLASSES[:CLASSES...]",
            "Several labels, each with its number of classes: the condition values of the data, column by column."),
        new("vector", "The condition values of the data (the key c of an .npz) as real numbers."),
        new("quadrants:N", "N of the four quadrants of an image, N in 1 to 3; the model fills in the others."),
    ], "");

    public static Validated<Condition> Read(string text, DataFacts data, string name) => text.Split(':') switch
    {
        ["label"] when data.Classes == 0 => Grammar.Bad<Condition>(text, $"must be none for {name}, which has no labels"),
        ["vector"] when data.ConditionValues == 0 =>
            Grammar.Bad<Condition>(text, $"must be none for {name}, which has no condition values (the key c of an .npz)"),
        var words => Grammar.Result(text, Read(words, data)),
    };

    private static Condition? Read(string[] words, DataFacts data) => words switch
    {
        ["none"] => Conditions.None,
        ["label"] => Conditions.Label(data.Classes),
        ["labels", .. { Length: > 0 } classes] when Array.TrueForAll(classes, part => part.Whole is not null) =>
            Conditions.Labels(ValueList.From(classes.Select(part => part.Whole!.Value))),
        ["vector"] => Conditions.Vector(data.ConditionValues),
        ["quadrants", { Whole: { } observed }] => Conditions.Quadrants(observed),
        _ => null,
    };
}
