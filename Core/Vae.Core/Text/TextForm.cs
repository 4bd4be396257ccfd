namespace Vae;

/// <summary>One way to write a value in a line.</summary>
/// <param name="Form">The text, with its numbers in capitals and its optional parts in brackets, as in <c>mixture[:COMPONENTS]</c>.</param>
/// <param name="Summary">The meaning of the text, in one sentence.</param>
internal sealed record TextForm(string Form, string Summary)
{
    /// <summary>A copy with the given properties replaced.</summary>
    /// <param name="form">The new <see cref="Form"/>; null keeps the present one.</param>
    /// <param name="summary">The new <see cref="Summary"/>; null keeps the present one.</param>
    public TextForm With(string? form = null, string? summary = null) => new(form ?? Form, summary ?? Summary);
}
