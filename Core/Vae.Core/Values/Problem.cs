namespace Vae;

/// <summary>One thing that is wrong with a spec: where, what must hold, and what was found instead.</summary>
/// <param name="Path">The member, as in <c>model.encoder.layers[2].kernel</c>.</param>
/// <param name="Rule">What must hold, as in <c>must be at least 1</c>.</param>
/// <param name="Got">What was found.</param>
[TypeFormatterSource(typeof(SmallValueFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Problem(string Path, string Rule, string Got)
{
    /// <summary>The same problem with other parts.</summary>
    public Problem With(string? path = null, string? rule = null, string? got = null) =>
        new(path ?? Path, rule ?? Rule, got ?? Got);

    /// <summary>The problem as one line: <c>path: rule, got …</c>.</summary>
    public override string ToString() => $"{Path}: {Rule}, got {Got}";
}
