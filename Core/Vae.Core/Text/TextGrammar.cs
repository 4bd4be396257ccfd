namespace Vae;

/// <summary>All ways to write a value of one kind in a line.</summary>
/// <param name="Name">The kind of value, as in <c>likelihood</c>.</param>
/// <param name="Forms">The forms, in the order in which they are documented.</param>
/// <param name="Where">An explanation of the capitals; empty if they are evident.</param>
internal sealed record TextGrammar(string Name, ValueList<TextForm> Forms, string Where)
{
    /// <summary>The forms in one sentence, as in <c>none, label or vector</c>.</summary>
    public string Rule => string.Join(", ", Forms.Select(Named).SkipLast(1))
        + (Forms.Count > 1 ? " or " : "") + Named(Forms[^1]) + (Where.Length > 0 ? $", where {Where}" : "");

    /// <summary>A copy with the given properties replaced.</summary>
    /// <param name="name">The new <see cref="Name"/>; null keeps the present one.</param>
    /// <param name="forms">The new <see cref="Forms"/>; null keeps the present ones.</param>
    /// <param name="where">The new <see cref="Where"/>; null keeps the present one.</param>
    public TextGrammar With(string? name = null, ValueList<TextForm>? forms = null, string? where = null) =>
        new(name ?? Name, forms ?? Forms, where ?? Where);

    /// <summary>The value that was read, or the problem that the text has none of the forms.</summary>
    internal Validated<T> Result<T>(string text, T? value, string? path = null) where T : class =>
        value is not null ? Validated.Valid(value) : Bad<T>(text, $"must be {Rule}", path);

    /// <summary>The problem that a text breaks a rule.</summary>
    internal Validated<T> Bad<T>(string text, string rule, string? path = null) => Validated.Invalid<T>([new(path ?? Name, rule, text)]);

    // A number by itself has no keyword.
    private static string Named(TextForm form) => form.Form == "NUMBER" ? "a number" : form.Form;
}
