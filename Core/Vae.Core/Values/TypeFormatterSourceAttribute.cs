namespace Vae;

/// <summary>
/// Names the class whose CreateTypeFormatters returns the formatters of a type in a notebook. .NET Interactive finds this attribute by
/// name, so Core does not reference it.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that a notebook prefers, in order; null means HTML.</summary>
    public string[]? PreferredMimeTypes { get; init; }
}
