namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>Numbers greater than 0 over several magnitudes, seen as (ln x − location) / deviation.</summary>
    /// <param name="Location">About the mean of ln x.</param>
    /// <param name="Deviation">About the standard deviation of ln x; &gt; 0.</param>
    /// <param name="Digits">Decimals of the column; −1 for 7 significant digits.</param>
    public sealed partial record Positive(double Location = 0, double Deviation = 1, int Digits = -1) : ColumnKind
    {
        internal override string Title => "positive";

        internal override EncodedCell Encode(string text) => NumberTexts.Parse(text) switch
        {
            double.NaN => NumberTexts.IsInfinite(text) ? EncodedCell.Missing : EncodedCell.MissingOrRefused(text, "must be a number greater than 0"),
            <= 0 => EncodedCell.Refused("must be greater than 0"),
            var x => EncodedCell.Of((Math.Log(x) - Location) / Deviation),
        };

        internal override string Decode(ReadOnlySpan<double> values)
        {
            var x = Math.Exp(Location + Deviation * values[0]);
            // What rounds to 0 would not be read back.
            return NumberTexts.Write(Digits < 0 ? x : Math.Max(x, Math.Pow(10, -Digits)), Digits);
        }

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.Finite($"{path}.location", Location), .. Rules.Positive($"{path}.deviation", Deviation),
            .. Rules.If(Digits is < -1 or > 15, $"{path}.digits", "must be −1 to 15", Digits)];
    }
}
