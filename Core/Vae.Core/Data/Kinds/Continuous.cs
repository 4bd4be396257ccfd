namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>Real numbers, seen as (t(x) − location) / deviation.</summary>
    /// <param name="Transform">The function t.</param>
    /// <param name="Location">About the mean of t(x).</param>
    /// <param name="Deviation">About the standard deviation of t(x); &gt; 0.</param>
    /// <param name="Digits">Decimals of the column; −1 for 7 significant digits.</param>
    public sealed partial record Continuous(ColumnTransform Transform, double Location = 0, double Deviation = 1,
        int Digits = -1) : ColumnKind
    {
        internal override string Title => Transform.Title.Length == 0 ? "continuous" : $"continuous, {Transform.Title}";

        internal override EncodedCell Encode(string text) => NumberTexts.Parse(text) switch
        {
            double.NaN => NumberTexts.IsInfinite(text) ? EncodedCell.Missing : EncodedCell.MissingOrRefused(text, "must be a number"),
            var x when x < Transform.Min => EncodedCell.Refused($"must be at least {Transform.Min}"),
            var x => EncodedCell.Of((Transform.Apply(x) - Location) / Deviation),
        };

        internal override string Decode(ReadOnlySpan<double> values) =>
            NumberTexts.Write(Transform.Invert(Location + Deviation * values[0]), Digits);

        internal override ValueList<Problem> Problems(string path) => [
            .. Transform.Problems($"{path}.transform"), .. Rules.Finite($"{path}.location", Location),
            .. Rules.Positive($"{path}.deviation", Deviation),
            .. Rules.If(Digits is < -1 or > 15, $"{path}.digits", "must be −1 to 15", Digits)];
    }
}
