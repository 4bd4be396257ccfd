namespace Vae;

/// <summary>Formats a value as one MIME type. .NET Interactive calls the members by name.</summary>
/// <param name="mimeType">The MIME type, as in <c>text/html</c>.</param>
/// <param name="text">Returns the text of a value, or null to leave the value to another formatter.</param>
internal sealed class TypeFormatter(string mimeType, Func<object, string?> text)
{
    /// <summary>The MIME type, as in <c>text/html</c>.</summary>
    public string MimeType => mimeType;

#pragma warning disable RS0030 // .NET Interactive prescribes the signature, and its writer writes to memory, not to a file.
    /// <summary>Writes the value. Returns false if the value is left to another formatter.</summary>
    public bool Format(object instance, System.IO.TextWriter writer)
    {
        var shown = text(instance);
        writer.Write(shown ?? "");
        return shown is not null;
    }
#pragma warning restore RS0030

    /// <summary>Formatters of a value as a table, in HTML and in plain text.</summary>
    public static IEnumerable<object> Tables<T>(Func<T, TextTable?> table) where T : class =>
    [
        new TypeFormatter("text/html", value => value is T known ? table(known)?.ToHtml() : null),
        new TypeFormatter("text/plain", value => value is T known ? table(known)?.ToString() : null),
    ];

    /// <summary>A formatter of a value as plain text.</summary>
    public static IEnumerable<object> Text<T>(Func<T, string> text) where T : class =>
        [new TypeFormatter("text/plain", value => value is T known ? text(known) : null)];
}
