using System.CommandLine;
using System.CommandLine.Parsing;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Validates option values while the command line is parsed, before anything is loaded.</summary>
internal static class Checks
{
    /// <summary>Adds a validator that reports the error of reading the option's text.</summary>
    public static Option<string> Checked<T>(this Option<string> option, Func<string, T> read)
    {
        option.Validators.Add(result => Check(result, result.GetValueOrDefault<string>(), read));
        return option;
    }

    /// <summary>Adds a validator that reports the error of reading the argument's text.</summary>
    public static Argument<string> Checked<T>(this Argument<string> argument, Func<string, T> read)
    {
        argument.Validators.Add(result => Check(result, result.GetValueOrDefault<string>(), read));
        return argument;
    }

    private static void Check<T>(SymbolResult result, string? text, Func<string, T> read)
    {
        try
        {
            _ = text is null ? default : read(text);
        }
        catch (VaeException problem)
        {
            result.AddError(problem.Message);
        }
    }
}
