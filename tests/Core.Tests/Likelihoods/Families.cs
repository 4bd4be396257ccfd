namespace Vae.Tests;

/// <summary>A likelihood over vectors of four values, with tensors of its own and examples in its support.</summary>
public abstract record Family(string Text)
{
    public const int Values = 4;

    public Likelihood Likelihood { get; } = SpecText.Likelihood(Text)
        .Match(found => found, problems => throw new ArgumentException($"{problems}"));

    public ILikelihood Formulas => Likelihood.Formulas();

    public virtual Shape Input => Shape.Vector(Values);

    public int Outputs => Formulas.Outputs(Input).Channels;

    /// <summary>Any numbers [B, 4] → examples in the support.</summary>
    public abstract T Support<T>(T raw) where T : struct, ITensor<T>;

    /// <summary>Fixed numbers for what training would find.</summary>
    public PartState<T> State<T>(T like, bool training = false) where T : struct, ITensor<T> => new(name => name switch
    {
        "logScale" => T.Constant(like, [-0.7], 1),
        "spread" => T.Constant(like, [0.1, 0.5], 2),
        "totals" => T.Constant(like, [6, 0.5], 2),
        "logFreedom" => T.Constant(like, [0.9], 1),
        "logDispersion" => T.Constant(like, [0.2, -1, 1.5, 0], Values),
        _ => throw new ArgumentException($"name: must be known, got {name}"),
    }, training);

    public sealed override string ToString() => Text;

    // 0, ½ or 1.
    internal static T Thirds<T>(T raw) where T : struct, ITensor<T> => (2 + T.Sign(raw) + T.Sign(T.Abs(raw) - 1)) / 4;
}

public static class Families
{
    public static IReadOnlyList<Family> Images { get; } = [
        new Real("normal:0.3"), new Real("normal:learned"), new Real("normal:shared"), new Real("normal:optimal"),
        new Real("laplace:0.3"), new Real("laplace:learned"), new Real("laplace:shared"), new Real("laplace:optimal"),
        new Real("student-t:0.3"), new Real("student-t:learned:2.5"), new Real("student-t:shared:learned"),
        new Unit("cross-entropy"), new Unit("beta"), new Unit("continuous-bernoulli"), new Level("bernoulli", 2),
        new Level("categorical:5", 5),
        new Level("discretized-logistic:1:5", 5), new Level("discretized-logistic:3:5", 5), new Level("categorical", 256),
        new Level("discretized-logistic:2", 256)];

    public static IReadOnlyList<Family> Counts { get; } = [.. new[] { "poisson", "negative-binomial", "zero-inflated" }
        .SelectMany(name => new[] { name, $"{name}:library" })
            .Concat(["beta-binomial:6", "ordinal:7"]).Select(text => new Count(text)),
        .. new[] { "log-normal:0.3", "log-normal:learned", "log-normal:shared", "log-normal:optimal", "gamma" }
            .Select(text => new Positive(text))];

    public static IReadOnlyList<Family> Tables { get; } = [
        new Table("columns:continuous,binary,categorical-3,count"), new Table("columns:positive,ordinal-2,ordinal-3,count")];

    public static IReadOnlyList<Family> Masked { get; } = [
        .. Images.Concat(Tables).Append(Counts[0]).Concat(Counts.Skip(6))
            .Where(family => family.Formulas.IsSeparable)
            .Select(family => new Known(family))];

    public static IReadOnlyList<Family> All { get; } = [.. Images, .. Counts, .. Tables, .. Masked];

    private sealed record Real(string Text) : Family(Text)
    {
        public override T Support<T>(T raw) => raw;
    }

    private sealed record Unit(string Text) : Family(Text)
    {
        public override T Support<T>(T raw) => T.Sigmoid(raw);
    }

    private sealed record Level(string Text, int Levels) : Family(Text)
    {
        // Half of them lie in the middle, where there is one.
        public override T Support<T>(T raw) => Levels % 2 == 1 ? Thirds(raw) : 0.5 + 0.5 * T.Sign(raw);
    }

    private sealed record Count(string Text) : Family(Text)
    {
        public override T Support<T>(T raw) => 6 * Thirds(raw);
    }

    private sealed record Positive(string Text) : Family(Text)
    {
        public override T Support<T>(T raw) => T.Exp(raw);
    }

    private sealed record Table(string Text) : Family(Text)
    {
        public override T Support<T>(T raw)
        {
            T Of(int column) => T.Slice(raw, 1, column, 1);
            var first = Text.Contains("positive", StringComparison.Ordinal) ? T.Exp(Of(0)) : Of(0);
            return T.Concat(T.Concat(first, 0.5 + 0.5 * T.Sign(Of(1)), 1), T.Concat(2 * Thirds(Of(2)), 6 * Thirds(Of(3)), 1), 1);
        }
    }

    private sealed record Known(Family Of) : Family($"masked:{Of.Text}")
    {
        public override Shape Input => Shape.Vector(2 * Values);

        public override T Support<T>(T raw)
        {
            var known = T.Constant(raw, [1, 0, 1, 1], 1, Values);
            return T.Concat(Of.Support(raw) * known, 0 * raw + known, 1);
        }
    }
}
