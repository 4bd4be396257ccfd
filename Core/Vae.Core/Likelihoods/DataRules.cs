namespace Vae;

/// <summary>The requirements of families on data, each returning a problem or none.</summary>
internal static class DataRules
{
    public static ValueList<Problem> Unit(ValueFacts values, string path, string family) =>
        Rules.If(!(values.Min >= 0 && values.Max <= 1), path, $"{family} is for values in [0, 1]", Range(values));

    public static ValueList<Problem> Counts(ValueFacts values, string path, string family) =>
        Rules.If(!(values.Min >= 0 && values.AreWhole), path, $"{family} is for counts 0, 1, 2, … (raw values, not intensities)",
            values.AreWhole ? Range(values) : $"fractions, {Range(values)}");

    public static ValueList<Problem> Positive(ValueFacts values, string path, string family) =>
        Rules.If(!(values.Min > 0), path, $"{family} is for values greater than 0", Range(values));

    public static ValueList<Problem> Classes(ValueFacts values, string path, int classes) =>
        Rules.If(!(values.Min >= 0 && values.AreWhole && values.Max < classes), path, $"must hold whole numbers in 0 … {classes - 1}",
            values.AreWhole ? Range(values) : $"fractions, {Range(values)}");

    /// <summary>n levels k/(n − 1) include those of data with m levels if n − 1 is a multiple of m − 1.</summary>
    public static ValueList<Problem> Levels(ValueFacts values, string path, int levels, string family) =>
        Rules.If(levels < 2 || values.Levels == 0 || values.Levels > 1 && (levels - 1) % (values.Levels - 1) != 0, path,
            $"{family} is for values k/{levels - 1L}, k = 0 … {levels - 1L}",
            values.Levels == 0 ? $"others, {Range(values)}" : $"values k/{values.Levels - 1}");

    private static string Range(ValueFacts values) => FormattableString.Invariant($"{values.Min:G6} to {values.Max:G6}");
}
