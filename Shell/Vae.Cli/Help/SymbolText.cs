using System.CommandLine;
using System.Globalization;

namespace Vae.Cli;

/// <summary>Options and arguments as help pages write them.</summary>
internal static class SymbolText
{
    /// <summary>The option with its short form and the name of its value, as in <c>-e, --epochs N</c>.</summary>
    public static string Label(Option option) =>
        string.Join(", ", option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-').Order(StringComparer.Ordinal)
            .Append(option.Name)) + Value(option);

    /// <summary>The argument in capitals, in brackets if it may be left out.</summary>
    public static string Label(Argument argument)
    {
        var name = argument.Name.ToUpperInvariant() + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $"[{name}]" : name;
    }

    /// <summary>The description of an option with its default.</summary>
    public static string Described(Option option) =>
        Described(option.Description ?? "", option.HasDefaultValue && option.ValueType != typeof(bool) ? option.GetDefaultValue() : null);

    /// <summary>The description of an argument with its default.</summary>
    public static string Described(Argument argument) =>
        Described(argument.Description ?? "", argument.HasDefaultValue ? argument.GetDefaultValue() : null);

    // Paths are shown with the same separator on every platform.
    private static string Described(string description, object? value) =>
        Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text && value is not -1 && value is not Array
            && !description.Contains("(default", StringComparison.Ordinal)
            ? $"{description} (default: {text.Replace('\\', '/')})"
            : description;

    private static string Value(Option option) =>
        option.ValueType == typeof(bool) ? ""
        : option.ValueType == typeof(int) || option.ValueType == typeof(ulong) ? " N"
        : option.ValueType == typeof(double) ? " X"
        : option.ValueType == typeof(void) || option is System.CommandLine.Help.HelpOption ? ""
        : $" {option.Name.TrimStart('-').ToUpperInvariant()}{(option.ValueType == typeof(string[]) ? "..." : "")}";
}
