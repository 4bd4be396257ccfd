using System.Collections;
using System.Reflection;

namespace Vae.Notebooks;

/// <summary>How .NET Interactive shows a value whose type names its formatters by convention.</summary>
public static class Formatted
{
    private const string Html = "text/html", Plain = "text/plain";

    /// <summary>The forms of a value by MIME type: the preferred ones and plain text; empty where its type names no formatters.</summary>
    public static IReadOnlyDictionary<string, string> Of(object value)
    {
        var attribute = value.GetType().GetCustomAttributes(inherit: true)
            .FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute is null)
            return new Dictionary<string, string>();
        var source = Activator.CreateInstance((Type)Property(attribute, "FormatterSourceType")!)!;
        var formatters = ((IEnumerable)Call(source, "CreateTypeFormatters")).Cast<object>()
            .ToLookup(formatter => (string)Property(formatter, "MimeType")!);
        var wanted = (string[]?)Property(attribute, "PreferredMimeTypes") ?? [Html];
        return wanted.Append(Plain).Distinct()
            .Select(mime =>
                (Mime: mime, Text: formatters[mime].Select(formatter => Text(formatter, value)).FirstOrDefault(text => text is not null)))
            .Where(form => form.Text is not null).ToDictionary(form => form.Mime, form => form.Text!);
    }

    private static string? Text(object formatter, object value)
    {
        using var writer = new StringWriter();
        return (bool)Call(formatter, "Format", value, writer) ? $"{writer}" : null;
    }

    private static object? Property(object of, string name) => of.GetType().GetProperty(name)?.GetValue(of);

    private static object Call(object of, string name, params object[] arguments) =>
        of.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance)!.Invoke(of, arguments)!;
}
