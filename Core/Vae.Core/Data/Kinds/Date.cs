using System.Globalization;

namespace Vae;

public abstract partial record ColumnKind
{
    /// <summary>
    /// Dates, seen as (days − location) / deviation and then, for each period, as the sine and cosine of the phase. Text is made
    /// of the moment nearest to the days that has the phases.
    /// </summary>
    /// <param name="Format">As in <c>yyyy-MM-dd</c>.</param>
    /// <param name="Location">About the mean, in days since 1970-01-01.</param>
    /// <param name="Deviation">About the standard deviation in days; &gt; 0.</param>
    /// <param name="Periods">Lengths of the cycles in days, the longest first: 365.2425 for the season, 7 for the weekday, 1 for
    /// the time of day.</param>
    /// <param name="Step">The dates that there are: <c>year</c> for the first day of each, <c>month</c> likewise, else any.</param>
    public sealed partial record Date(
        string Format, double Location, double Deviation, ValueList<double> Periods, string Step = "") : ColumnKind
    {
        private static readonly DateTime Reference = DateTime.UnixEpoch;

        /// <inheritdoc/>
        public override int Width => 1 + 2 * Periods.Count;

        internal override string Title => "date";

        // The smallest step of the format, in days.
        internal double Unit => Format.Contains('s', StringComparison.Ordinal) ? 1.0 / 86_400
            : Format.Contains('m', StringComparison.Ordinal) ? 1.0 / 1440 : 1;

        internal override EncodedCell Encode(string text) => Days(text, Format) is var days && double.IsNaN(days)
            ? EncodedCell.MissingOrRefused(text, $"must be a date {Format}")
            : new([(days - Location) / Deviation, .. Periods.SelectMany(period => Phase(days, period))], "");

        internal override string Decode(ReadOnlySpan<double> values)
        {
            var days = Location + Deviation * values[0];
            for (var i = 0; i < Periods.Count; i++)
                days += Shift(days, Periods[i], values[1 + 2 * i], values[2 + 2 * i]);
            return Write(Math.Round(days / Unit) * Unit);
        }

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.If(!DateTexts.Formats.Contains(Format),
                $"{path}.format", $"must be one of {string.Join(", ", DateTexts.Formats)}", Format),
            .. Rules.Finite($"{path}.location", Location), .. Rules.Positive($"{path}.deviation", Deviation),
            .. Rules.If(Step is not ("" or "month" or "year"), $"{path}.step", "must be month, year or nothing", Step),
            .. Periods.SelectMany((period, i) => Rules.Positive($"{path}.periods[{i}]", period))];

        // The nearest first day of a month or year; the last year has no next one.
        private DateTime Nearest(DateTime moment)
        {
            if (Step.Length == 0)
                return moment;
            var first = new DateTime(moment.Year, Step == "year" ? 1 : moment.Month, 1, 0, 0, 0, DateTimeKind.Utc);
            if (moment.Year == DateTime.MaxValue.Year)
                return first;
            var next = Step == "year" ? first.AddYears(1) : first.AddMonths(1);
            return moment - first <= next - moment ? first : next;
        }

        /// <summary>Days since 1970-01-01; NaN if the text has another form.</summary>
        internal static double Days(string text, string format) =>
            DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                ? (moment - Reference).Ticks / (double)TimeSpan.TicksPerDay : double.NaN;

        private static double[] Phase(double days, double period) => [Math.Sin(Math.Tau * days / period),
            Math.Cos(Math.Tau * days / period)];

        // Whole steps of the next shorter cycle only: what is encoded exactly is not moved by rounding.
        private double Shift(double days, double period, double sine, double cosine)
        {
            var turn = Math.Atan2(sine, cosine) / Math.Tau - days / period;
            var step = period > 1 ? Math.Max(Unit, 1) : Unit;
            return Math.Round((turn - Math.Round(turn)) * period / step) * step;
        }

        private string Write(double days)
        {
            var most = (DateTime.MaxValue - Reference).TotalDays - 1;
            var least = (DateTime.MinValue - Reference).TotalDays;
            var seconds = Math.Round(Math.Clamp(days, least, most) * 86_400);
            return Nearest(Reference.AddTicks((long)seconds * TimeSpan.TicksPerSecond)).ToString(Format, CultureInfo.InvariantCulture);
        }
    }
}
