using System.CommandLine;
using System.CommandLine.Parsing;

namespace Vae.Cli;

/// <summary>
/// An option that many commands have, each an instance of its own: an option knows all commands that it was added to, and so would keep
/// them, and the data that they have read, as long as the process lives.
/// </summary>
/// <param name="name">The name, with dashes.</param>
/// <param name="make">Makes an instance.</param>
internal sealed class SharedOption<T>(string name, Func<string, Option<T>> make)
{
    /// <summary>The name, with dashes.</summary>
    public string Name => name;

    /// <summary>An instance for a command.</summary>
    public Option<T> New() => make(name);

    /// <summary>An instance for a command.</summary>
    public static implicit operator Option(SharedOption<T> shared) => shared.New();

    /// <summary>The instance of a command line; null if neither its command nor one above has the option.</summary>
    public Option<T>? Of(ParseResult parsed)
    {
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
            if (at is CommandResult { Command.Options: var options }
                && options.FirstOrDefault(option => option.Name == name) is Option<T> found)
                return found;
        return null;
    }
}

/// <summary>Reads options that are shared.</summary>
internal static class SharedOptions
{
    /// <summary>The value of an option; its type's default if the command does not have it.</summary>
    public static T? GetValue<T>(this ParseResult parsed, SharedOption<T> shared) =>
        shared.Of(parsed) is { } option ? parsed.GetValue(option) : default;

    /// <summary>The value of an option that the command has.</summary>
    public static T GetRequiredValue<T>(this ParseResult parsed, SharedOption<T> shared) => parsed.GetRequiredValue(shared.Of(parsed)!);
}
