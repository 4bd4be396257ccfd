namespace Vae;

/// <summary>A monotone function of a number that precedes standardization.</summary>
[Closed]
public abstract partial record ColumnTransform
{
    /// <summary>The number as it is.</summary>
    public sealed partial record None : ColumnTransform
    {
        internal override string Title => "";

        internal override double Apply(double x) => x;

        internal override double Invert(double y) => y;
    }

    /// <summary>ln(x + offset) of x ≥ 0, for long tails.</summary>
    /// <param name="Offset">Keeps 0 finite; &gt; 0.</param>
    public sealed partial record Log(double Offset) : ColumnTransform
    {
        internal override string Title => "log";

        internal override double Min => 0;

        internal override double Apply(double x) => Math.Log(x + Offset);

        internal override double Invert(double y) => Math.Max(0, Math.Exp(y) - Offset);

        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.offset", Offset);
    }

    /// <summary>Quantiles of the column to those of a standard normal, linear between knots and beyond them.</summary>
    /// <param name="Knots">Values of the column, ascending; at least 2.</param>
    /// <param name="Scores">Where they go, ascending; one for each knot.</param>
    public sealed partial record Quantile(ValueList<double> Knots, ValueList<double> Scores) : ColumnTransform
    {
        internal override string Title => "quantile";

        internal override double Apply(double x) => Between(Knots, Scores, x);

        internal override double Invert(double y) => Between(Scores, Knots, y);

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.If(Knots.Count < 2 || Scores.Count != Knots.Count, path, "must have at least 2 knots and a score for each", $"{Knots.Count} and {Scores.Count}"),
            .. Rules.If(!IsAscending(Knots), $"{path}.knots", "must be finite and ascend", Knots),
            .. Rules.If(!IsAscending(Scores), $"{path}.scores", "must be finite and ascend", Scores)];

        private static bool IsAscending(ValueList<double> values) =>
            values.All(double.IsFinite) && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second);

        private static double Between(ValueList<double> from, ValueList<double> to, double at)
        {
            var next = from.AsSpan().BinarySearch(at) is var found && found < 0 ? ~found : found;
            next = Math.Clamp(next, 1, from.Count - 1);
            var share = (at - from[next - 1]) / (from[next] - from[next - 1]);
            return to[next - 1] + share * (to[next] - to[next - 1]);
        }
    }

    /// <summary>Its name in tables; empty for none.</summary>
    internal abstract string Title { get; }

    /// <summary>The least number that it takes.</summary>
    internal virtual double Min => double.NegativeInfinity;

    /// <summary>The function.</summary>
    internal abstract double Apply(double x);

    /// <summary>Its inverse; the nearest number that the function takes.</summary>
    internal abstract double Invert(double y);

    /// <summary>Problems of its own numbers.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];
}

/// <summary>Transforms by name.</summary>
public static class ColumnTransforms
{
    /// <summary>The number as it is.</summary>
    public static ColumnTransform None { get; } = new ColumnTransform.None();

    /// <summary>ln(x + offset) of x ≥ 0.</summary>
    /// <param name="offset">&gt; 0.</param>
    public static ColumnTransform Log(double offset = 1) => new ColumnTransform.Log(offset);

    /// <summary>Quantiles to those of a standard normal.</summary>
    /// <param name="knots">Values of the column, ascending; at least 2.</param>
    /// <param name="scores">Where they go, ascending; one for each knot.</param>
    public static ColumnTransform Quantile(ValueList<double> knots, ValueList<double> scores) => new ColumnTransform.Quantile(knots, scores);
}
