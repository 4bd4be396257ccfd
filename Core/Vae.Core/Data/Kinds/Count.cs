namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>Whole numbers 0, 1, 2, …, seen as they are.</summary>
    public sealed partial record Count : ColumnKind
    {
        internal override string Title => "count";

        internal override EncodedCell Encode(string text) => NumberTexts.Parse(text) switch
        {
            double.NaN => NumberTexts.IsInfinite(text) ? EncodedCell.Missing : EncodedCell.MissingOrRefused(text, "must be a whole number of at least 0"),
            var x when x < 0 || x != Math.Truncate(x) => EncodedCell.Refused("must be a whole number of at least 0"),
            var x => EncodedCell.Of(x),
        };

        internal override string Decode(ReadOnlySpan<double> values) => NumberTexts.Write(Math.Max(0, Math.Round(values[0])), 0);
    }
}
