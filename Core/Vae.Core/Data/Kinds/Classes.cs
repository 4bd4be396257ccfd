namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>One of two texts, seen as 0 or 1.</summary>
    /// <param name="Zero">The text of 0.</param>
    /// <param name="One">The text of 1.</param>
    public sealed partial record Binary(string Zero, string One) : ColumnKind
    {
        internal override string Title => "binary";

        internal override EncodedCell Encode(string text) => ClassTexts.Encode([Zero, One], text, "");

        internal override string Decode(ReadOnlySpan<double> values) => values[0] > 0.5 ? One : Zero;

        internal override ValueList<Problem> Problems(string path) => Rules.If(Zero == One, path, "must have two texts", $"'{Zero}' twice");
    }

    /// <summary>One of several texts in an order, seen as 0 … n − 1.</summary>
    /// <param name="Levels">The texts, ascending; at least 2.</param>
    public sealed partial record Ordinal(ValueList<string> Levels) : ColumnKind
    {
        internal override string Title => "ordinal";

        internal override EncodedCell Encode(string text) => ClassTexts.Encode(Levels, text, "");

        internal override string Decode(ReadOnlySpan<double> values) => ClassTexts.Nearest(Levels, values[0]);

        internal override ValueList<Problem> Problems(string path) => ClassTexts.Problems(Levels, $"{path}.levels");
    }

    /// <summary>One of several texts in no order, seen as 0 … n − 1, and n for any other text if there is a class for those.</summary>
    /// <param name="Categories">The texts; at least 2, or 1 beside the class of other texts.</param>
    /// <param name="Other">What the class of other texts is called; empty if there is none, and then another text is an error.</param>
    public sealed partial record Categorical(ValueList<string> Categories, string Other = "") : ColumnKind
    {
        /// <summary>Classes, that of other texts among them.</summary>
        public int Classes => Categories.Count + (Other.Length > 0 ? 1 : 0);

        internal override string Title => "categorical";

        internal override EncodedCell Encode(string text) => ClassTexts.Encode(Categories, text, Other);

        internal override string Decode(ReadOnlySpan<double> values) =>
            ClassTexts.Nearest(Other.Length > 0 ? Categories.Append([Other]) : Categories, values[0]);

        internal override ValueList<Problem> Problems(string path) =>
            ClassTexts.Problems(Other.Length > 0 ? Categories.Append([Other]) : Categories, $"{path}.categories");
    }

    /// <summary>The label of a row, which a model may be conditioned on; no part of what it models.</summary>
    /// <param name="Classes">The texts in the order of their numbers.</param>
    public sealed partial record Label(ValueList<string> Classes) : ColumnKind
    {
        /// <inheritdoc/>
        public override int Width => 0;

        internal override string Title => "label";

        internal override EncodedCell Encode(string text) => ClassTexts.Encode(Classes, text, "");

        internal override string Decode(ReadOnlySpan<double> values) => "";

        internal override ValueList<Problem> Problems(string path) => Rules.If(
            Classes.Count == 0 || Classes.Distinct().Count() != Classes.Count, $"{path}.classes", "must be different texts, at least 1", Classes);
    }

    /// <summary>A column that no model sees.</summary>
    /// <param name="Reason">Why, as in <c>a different text in most rows</c>.</param>
    public sealed partial record SetAside(string Reason) : ColumnKind
    {
        /// <inheritdoc/>
        public override int Width => 0;

        internal override string Title => "set aside";

        internal override EncodedCell Encode(string text) => EncodedCell.Missing;

        internal override string Decode(ReadOnlySpan<double> values) => "";
    }
}
