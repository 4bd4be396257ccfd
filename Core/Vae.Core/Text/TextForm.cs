namespace Vae;

/// <summary>One way to write a value in a line.</summary>
/// <param name="Form">The text, with its numbers in capitals and its optional parts in brackets, as in <c>mixture[:COMPONENTS]</c>.</param>
/// <param name="Summary">What the text stands for.</param>
public sealed record TextForm(string Form, string Summary)
{
    /// <summary>A copy with the given properties replaced.</summary>
    public TextForm With(string? form = null, string? summary = null) => new(form ?? Form, summary ?? Summary);
}
