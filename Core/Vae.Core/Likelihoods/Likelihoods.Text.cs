using System.Globalization;

namespace Vae;

public static partial class Likelihoods
{
    /// <summary>How <see cref="Find"/> writes them.</summary>
    public const string Forms =
        "cross-entropy, bernoulli, squared-error, normal[:SCALE], laplace[:SCALE], continuous-bernoulli, beta, categorical[:LEVELS], "
        + "discretized-logistic[:COMPONENTS[:LEVELS]], poisson[:library], negative-binomial[:library], zero-inflated[:library], "
        + "columns:KIND,KIND*TIMES,… or masked:LIKELIHOOD, where SCALE is a number, learned, shared or optimal and KIND is continuous, binary, count or categorical-CLASSES";

    /// <summary>A likelihood as it is written in one line, such as <c>masked:normal:learned</c>; <see cref="Forms"/> are the ways.</summary>
    public static Validated<Likelihood> Find(string text) =>
        Parsed(text) is { } found ? new Validated<Likelihood>.Valid(found) : new Validated<Likelihood>.Invalid([new("likelihood", $"must be {Forms}", text)]);

    private static Likelihood? Parsed(string text) => text.Split(':', 2) is [var name, var rest] ? Parsed(name, rest.Split(':')) : Parsed(text, []);

    private static Likelihood? Parsed(string name, string[] rest) => (name, rest) switch
    {
        ("cross-entropy", []) => CrossEntropy,
        ("bernoulli", []) => Bernoulli,
        ("squared-error", []) => SquaredError,
        ("normal", []) => Normal(),
        ("normal", [var scale]) => ScaleOf(scale) is { } found ? Normal(found) : null,
        ("laplace", []) => Laplace(Scales.Fixed()),
        ("laplace", [var scale]) => ScaleOf(scale) is { } found ? Laplace(found) : null,
        ("continuous-bernoulli", []) => ContinuousBernoulli,
        ("beta", []) => Beta(),
        ("categorical", []) => Categorical(),
        ("categorical", [var levels]) => Whole(levels) is { } n ? Categorical(n) : null,
        ("discretized-logistic", []) => DiscretizedLogistic(),
        ("discretized-logistic", [var components]) => Whole(components) is { } k ? DiscretizedLogistic(k) : null,
        ("discretized-logistic", [var components, var levels]) => Whole(components) is { } k && Whole(levels) is { } n ? DiscretizedLogistic(k, n) : null,
        ("poisson", [] or ["library"]) => Poisson(rest.Length > 0),
        ("negative-binomial", [] or ["library"]) => NegativeBinomial(rest.Length > 0),
        ("zero-inflated", [] or ["library"]) => ZeroInflatedNegativeBinomial(rest.Length > 0),
        ("columns", [var list]) => list.Split(',').Select(Repeated).ToArray() is var kinds && Array.TrueForAll(kinds, kind => kind.Count > 0)
            ? OfColumns(ValueList.From(kinds.SelectMany(kind => kind))) : null,
        ("masked", [not "masked", ..]) => Parsed(rest[0], rest[1..]) is { } inner ? Masked(inner) : null,
        _ => null,
    };

    private static Scale? ScaleOf(string text) => text switch
    {
        "learned" => Scales.Learned,
        "shared" => Scales.Shared,
        "optimal" => Scales.Optimal,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var sigma) ? Scales.Fixed(sigma) : null,
    };

    // Empty where the text is none.
    private static ValueList<Column> Repeated(string text) => text.Split('*') switch
    {
        [var kind] => ColumnOf(kind) is { } column ? [column] : [],
        [var kind, var times] => ColumnOf(kind) is { } column && Whole(times) is > 0 and < 100_000 and var count ? ValueList.From(Enumerable.Repeat(column, count)) : [],
        _ => [],
    };

    private static Column? ColumnOf(string text) => text.Split('-') switch
    {
        ["continuous"] => Columns.Continuous(),
        ["binary"] => Columns.Binary,
        ["count"] => Columns.Count,
        ["categorical", var classes] => Whole(classes) is { } n ? Columns.Categorical(n) : null,
        _ => null,
    };

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
