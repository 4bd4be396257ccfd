using System.Globalization;

namespace Vae;

/// <summary>Rules for single numbers, each returning a problem or none.</summary>
internal static class Rules
{
    /// <summary>
    /// The maximum number of values of one example anywhere in a model. Sums and products of two such sizes fit a long.
    /// </summary>
    public const int MaxValues = 1 << 30;

    // JSON is read to a depth of 64: each nested layer takes two levels, and the spec around the layers takes five.
    private const int MaxNesting = 24;
    private const int MaxParts = 10_000;

    public static ValueList<Problem> If(bool broken, string path, string rule, object got) =>
        broken ? [new(path, rule, string.Create(CultureInfo.InvariantCulture, $"{got}"))] : [];

    public static ValueList<Problem> AtLeast(string path, double value, double min) =>
        If(!(value >= min) || double.IsInfinity(value), path,
            string.Create(CultureInfo.InvariantCulture, $"must be at least {min}"), value);

    public static ValueList<Problem> Positive(string path, double value) =>
        If(!(value > 0 && double.IsFinite(value)), path, "must be greater than 0 and finite", value);

    public static ValueList<Problem> Finite(string path, double value) => If(!double.IsFinite(value), path, "must be finite", value);

    public static ValueList<Problem> Within(
        string path, double value, double low, double high, bool closedLow = true, bool closedHigh = true) =>
        If(!((closedLow ? value >= low : value > low) && (closedHigh ? value <= high : value < high)), path,
            string.Create(
                CultureInfo.InvariantCulture, $"must lie in {(closedLow ? '[' : '(')}{low}, {high}{(closedHigh ? ']' : ')')}"),
            value);

    public static ValueList<Problem> Shape(string path, Shape shape) =>
        shape.Dims.Count is not (1 or 3) || shape.Dims.Any(dim => dim < 1)
            ? If(true, path, "must be [length] or [channels, height, width], each at least 1", shape.Dims)
            : If(shape.Size > MaxValues, path, $"must have at most {MaxValues} values", shape);

    public static ValueList<Problem> Size(string path, int value) =>
        [.. AtLeast(path, value, 1), .. If(value > MaxValues, path, $"must be at most {MaxValues}", value)];

    /// <summary>The length of z must be a multiple of the block length.</summary>
    public static ValueList<Problem> Blocks(string path, int latent, int block, string name) =>
        If(block > 0 && latent % block != 0, $"{path}.{name}", $"must divide the length {latent} of z", block);

    /// <summary>Limits nesting. It is counted breadth-first, because recursion could overflow the stack.</summary>
    public static ValueList<Problem> Nesting<T>(string path, IEnumerable<T> roots, Func<T, IEnumerable<T>> inner)
    {
        T[] level = [.. roots.Take(MaxParts + 1)];
        var parts = level.Length;
        for (var depth = 0; depth <= MaxNesting && level.Length > 0 && parts <= MaxParts; depth++, parts += level.Length)
            level = [.. level.SelectMany(inner).Take(MaxParts + 1)];
        return If(level.Length > 0, path, $"must be nested at most {MaxNesting} deep and have at most {MaxParts} parts", "more");
    }

    /// <summary>A component of an application must have a name and be restored by its settings.</summary>
    public static ValueList<Problem> Part<TPart>(string path, TPart part) where TPart : class, IPart<TPart> => Run(path, () => [
        .. If(string.IsNullOrWhiteSpace(part.Name), $"{path}.definition.name", "must be a name", "none"),
        .. part.Settings.SelectMany((setting, i) => Finite($"{path}.definition.settings[{i}]", setting)),
        .. Again(path, part, part.With(part.Settings))]);

    private static ValueList<Problem> Again<TPart>(string path, TPart part, TPart again) where TPart : class, IPart<TPart> => If(
        again.Name != part.Name || !again.Settings.Equals(part.Settings), $"{path}.definition",
        $"must keep its name and settings [{string.Join(", ", part.Settings)}] when copied with them",
        $"{again.Name} with [{string.Join(", ", again.Settings)}]");

    /// <summary>Runs checks of an application's component; an exception becomes a problem.</summary>
    public static ValueList<Problem> Run(string path, Func<ValueList<Problem>> check)
    {
        try
        {
            return check();
        }
        catch (Exception e)
        {
            return [new(path, "must not throw during validation", $"{e.GetType().Name}: {e.Message}")];
        }
    }
}
