namespace Vae;

/// <summary>Shows a value as one MIME type, in the form that .NET Interactive calls by name.</summary>
/// <param name="mimeType">As <c>text/html</c>.</param>
/// <param name="text">What is shown; null leaves the value to another formatter.</param>
internal sealed class TypeFormatter(string mimeType, Func<object, string?> text)
{
    /// <summary>As <c>text/html</c>.</summary>
    public string MimeType => mimeType;

#pragma warning disable RS0030 // The writer is the notebook's and in its memory; the signature is the convention's.
    /// <summary>Writes the value; false where it is left to another formatter.</summary>
    public bool Format(object instance, System.IO.TextWriter writer)
    {
        var shown = text(instance);
        writer.Write(shown ?? "");
        return shown is not null;
    }
#pragma warning restore RS0030

    /// <summary>The two forms of a table.</summary>
    public static IEnumerable<object> Tables<T>(Func<T, TextTable?> table) where T : class =>
    [
        new TypeFormatter("text/html", value => value is T known ? table(known)?.ToHtml() : null),
        new TypeFormatter("text/plain", value => value is T known ? table(known)?.ToString() : null),
    ];

    /// <summary>Plain text and nothing else.</summary>
    public static IEnumerable<object> Text<T>(Func<T, string> text) where T : class =>
        [new TypeFormatter("text/plain", value => value is T known ? text(known) : null)];
}
