using System.Diagnostics.CodeAnalysis;

namespace Vae.Torch;

/// <summary>Shows values outside a notebook as a notebook would.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Programs made from notebooks call it to print.")]
public static class Displays
{
    /// <summary>
    /// Prints the text that a notebook shows of a value, and saves a picture as <paramref name="name"/>.png in the working directory.
    /// </summary>
    /// <param name="value">The value to show; null is ignored.</param>
    /// <param name="name">The picture's file name without extension.</param>
    public static void Show(object? value, string name)
    {
        if (value is null)
            return;
        var png = Form(value, "image/png");
        if (png is not null)
            AtomicFile.Write($"{name}.png", file => file.Write(Convert.FromBase64String(png)));
        Console.WriteLine(png is null ? Text(value) : $"{Text(value)}: {name}.png");
    }

    /// <summary>The plain text that a notebook shows of a value.</summary>
    /// <param name="value">The value to show.</param>
    /// <returns>Text from the value's formatter, or its string if it has none.</returns>
    public static string Text(object value) => Form(value, "text/plain") ?? $"{value}";

    private static string? Form(object value, string mimeType)
    {
        using var text = new StringWriter();
        return Formatters(value.GetType()).Any(formatter => formatter.MimeType == mimeType && formatter.Format(value, text))
            ? $"{text}" : null;
    }

    // Found by name, as notebooks do: types of Core carry an attribute and formatters of their own assembly.
    private static IEnumerable<ConventionalFormatter> Formatters(Type type) =>
        from attribute in type.GetCustomAttributes(inherit: true)
        where attribute.GetType().Name == nameof(TypeFormatterSourceAttribute)
        let source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!
        from formatter in (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!
        select new ConventionalFormatter(formatter);

    private readonly record struct ConventionalFormatter(object Inner)
    {
        public string MimeType => (string)Inner.GetType().GetProperty(nameof(MimeType))!.GetValue(Inner)!;

        public bool Format(object value, TextWriter writer) =>
            (bool)Inner.GetType().GetMethod(nameof(Format))!.Invoke(Inner, [value, writer])!;
    }
}
