using System.CommandLine;
using System.CommandLine.Parsing;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Values that are refused while the command line is parsed, before anything is loaded.</summary>
internal static class Checks
{
    /// <summary>The option, whose text must be readable.</summary>
    public static Option<string> Checked<T>(this Option<string> option, Func<string, T> read)
    {
        option.Validators.Add(result => Check(result, result.GetValueOrDefault<string>(), read));
        return option;
    }

    /// <summary>The argument, whose text must be readable.</summary>
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
