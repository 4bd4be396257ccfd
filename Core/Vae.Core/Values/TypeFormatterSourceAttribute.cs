namespace Vae;

/// <summary>Names the class whose CreateTypeFormatters says how a value is shown in a notebook. .NET Interactive finds it by this name, so nothing of it is referenced.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>Has a constructor without parameters, and <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What a notebook asks for first; HTML where nothing is said.</summary>
    public string[]? PreferredMimeTypes { get; init; }
}
