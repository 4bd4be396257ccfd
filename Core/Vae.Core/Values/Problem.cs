namespace Vae;

/// <summary>One rule that a spec breaks: where, which rule, and what was found.</summary>
/// <param name="Path">The property, as in <c>model.encoder.layers[2].kernel</c>.</param>
/// <param name="Rule">What must hold, as in <c>must be at least 1</c>.</param>
/// <param name="Got">What was found.</param>
[TypeFormatterSource(typeof(SmallValueFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Problem(string Path, string Rule, string Got)
{
    /// <summary>A copy with the given properties replaced.</summary>
    /// <param name="path">The new <see cref="Path"/>; null keeps the present one.</param>
    /// <param name="rule">The new <see cref="Rule"/>; null keeps the present one.</param>
    /// <param name="got">The new <see cref="Got"/>; null keeps the present one.</param>
    public Problem With(string? path = null, string? rule = null, string? got = null) =>
        new(path ?? Path, rule ?? Rule, got ?? Got);

    /// <summary>The problem as one line: <c>path: rule, got …</c>.</summary>
    public override string ToString() => $"{Path}: {Rule}, got {Got}";
}
