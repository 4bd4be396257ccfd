namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>
    /// Numbers of at least 0 that are often exactly 0, such as rain and costs. Seen as whether x is greater than 0, and
    /// (ln x − location) / deviation, which is not observed of a 0: a hurdle model.
    /// </summary>
    /// <param name="Location">About the mean of ln x where x is greater than 0.</param>
    /// <param name="Deviation">About the standard deviation of ln x where x is greater than 0; &gt; 0.</param>
    /// <param name="Digits">Decimals of the column; −1 for 7 significant digits.</param>
    public sealed partial record ZeroInflated(double Location = 0, double Deviation = 1, int Digits = -1) : ColumnKind
    {
        /// <inheritdoc/>
        public override int Width => 2;

        internal override string Title => "zero-inflated";

        private Positive Rest => new(Location, Deviation, Digits);

        internal override EncodedCell Encode(string text) => NumberTexts.Parse(text) switch
        {
            0 => new([0, double.NaN], ""),
            < 0 => EncodedCell.Refused("must be at least 0"),
            double.NaN => NumberTexts.IsInfinite(text) ? EncodedCell.Missing : EncodedCell.MissingOrRefused(text,
                "must be a number of at least 0"),
            var x => new([1, (Math.Log(x) - Location) / Deviation], ""),
        };

        // A 0 is shown whether or not its second number was filled in.
        internal override string Decode(ReadOnlySpan<double> values) => values[0] > 0.5 ? Rest.Decode(values[1..])
            : NumberTexts.Write(0, Math.Max(Digits, 0));

        internal override ValueList<Problem> Problems(string path) => Rest.Problems(path);
    }
}
