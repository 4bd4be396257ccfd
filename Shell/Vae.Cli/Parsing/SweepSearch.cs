using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>How <c>vae sweep</c> chooses runs: every combination of lists, or draws from lists and ranges.</summary>
/// <param name="Count">Number of runs to draw; 0 for every combination.</param>
/// <param name="Seed">The seed of the draws.</param>
/// <param name="Halving">How runs are stopped early; null if they are not.</param>
/// <param name="Epochs">Epochs of a run that is not stopped, where the number of runs follows from it; else 0.</param>
internal sealed record SweepSearch(int Count, ulong Seed, SweepHalving? Halving, int Epochs = 0)
{
    private const string Forms = "grid, random:RUNS, random:RUNS:SEED, halving:RUNS:FACTOR:EPOCHS, halving:RUNS:FACTOR:EPOCHS:SEED, "
        + "hyperband:EPOCHS:FACTOR or hyperband:EPOCHS:FACTOR:SEED";

    public static SweepSearch Parse(string text) => text.Split(':') switch
    {
        ["grid"] => new(0, 1, null),
        ["random", var runs] => new(Whole(runs, text), 1, null),
        ["random", var runs, var seed] => new(Whole(runs, text), (ulong)Whole(seed, text), null),
        ["halving", var runs, var factor, var epochs] => new(Whole(runs, text), 1, new(Whole(factor, text), Whole(epochs, text))),
        ["halving", var runs, var factor, var epochs, var seed] =>
            new(Whole(runs, text), (ulong)Whole(seed, text), new(Whole(factor, text), Whole(epochs, text))),
        ["hyperband", var epochs, var factor] => Hyperband(Whole(epochs, text), Whole(factor, text), 1),
        ["hyperband", var epochs, var factor, var seed] => Hyperband(Whole(epochs, text), Whole(factor, text), (ulong)Whole(seed, text)),
        _ => throw Unknown(text),
    };

    private static SweepSearch Hyperband(int epochs, int factor, ulong seed)
    {
        if (epochs < 1 || factor < 2)
            throw new VaeException($"search: must have at least 1 epoch and a factor of at least 2, got {epochs} and {factor}");
        return new(SweepHalving.HyperbandRuns(epochs, factor), seed, SweepHalving.Hyperband(factor), epochs);
    }

    /// <summary>Whether a value is a range: LOW..HIGH, or LOW..HIGH:log.</summary>
    public static bool IsRange(string value) => Range(value) is not null;

    /// <summary>The value of an option at a uniform number: one of a list, or a number of a range.</summary>
    public static string At(IReadOnlyList<string> values, double u)
    {
        if (values is not [var only] || Range(only) is not { } range)
            return values[(int)(u * values.Count)];
        var (low, high, isLog, isWhole) = range;
        var number = isLog ? low * Math.Pow(high / low, u)
            : isWhole ? Math.Floor(low + u * (high - low + 1)) : low + u * (high - low);
        // Four digits are what a reader of the table sees, and what the run has.
        return isWhole ? Math.Min(high, Math.Round(number)).ToString(CultureInfo.InvariantCulture)
            : number.ToString("G4", CultureInfo.InvariantCulture);
    }

    private static (double Low, double High, bool IsLog, bool IsWhole)? Range(string value)
    {
        var isLog = value.EndsWith(":log", StringComparison.Ordinal);
        return (isLog ? value[..^4] : value).Split("..") is [var low, var high]
            && double.TryParse(low, NumberStyles.Float, CultureInfo.InvariantCulture, out var a)
            && double.TryParse(high, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            && a < b && double.IsFinite(a) && double.IsFinite(b) && (!isLog || a > 0)
            ? (a, b, isLog, (low + high).All(char.IsAsciiDigit)) : null;
    }

    private static int Whole(string part, string text) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unknown(text);

    private static VaeException Unknown(string text) => new($"search: must be {Forms}, got {text}");
}
