using System.Diagnostics.CodeAnalysis;

namespace Vae.Torch;

/// <summary>Shows values outside of a notebook as a notebook would.</summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "Programs made from notebooks call it to print.")]
public static class Displays
{
    /// <summary>A picture is saved beside the program as <paramref name="name"/>.png; of any other value the text is printed that a notebook shows.</summary>
    /// <param name="value">What to show; nothing is shown of null.</param>
    /// <param name="name">Of the picture's file, without ending.</param>
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
    public static string Text(object value) => Form(value, "text/plain") ?? $"{value}";

    private static string? Form(object value, string mimeType)
    {
        using var text = new StringWriter();
        return Formatters(value.GetType()).Any(formatter => formatter.MimeType == mimeType && formatter.Format(value, text)) ? $"{text}" : null;
    }

    // Values of the core name formatters of its assembly, whose types are not ours: hence by the convention.
    private static IEnumerable<ConventionalFormatter> Formatters(Type type) =>
        from attribute in type.GetCustomAttributes(inherit: true)
        where attribute.GetType().Name == nameof(TypeFormatterSourceAttribute)
        let source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!
        from formatter in (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!
        select new ConventionalFormatter(formatter);

    private readonly record struct ConventionalFormatter(object Inner)
    {
        public string MimeType => (string)Inner.GetType().GetProperty(nameof(MimeType))!.GetValue(Inner)!;

        public bool Format(object value, TextWriter writer) => (bool)Inner.GetType().GetMethod(nameof(Format))!.Invoke(Inner, [value, writer])!;
    }
}
