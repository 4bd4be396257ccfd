using System.Globalization;

namespace Vae.Benchmarks;

/// <summary>A command line that cannot be followed; the message says option, rule, got.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Options of a command: names with a value, and names alone.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> given = [];

    public Arguments(IReadOnlyList<string> args, string[] valued, string[] flags)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            var hasValue = valued.Contains(name);
            if (!hasValue && !flags.Contains(name))
                throw new UsageException($"options: must be of {string.Join(", ", [.. valued, .. flags])}, got {name}");
            if (hasValue && i + 1 == args.Count)
                throw new UsageException($"{name}: must be followed by a value, got none");
            if (!given.TryAdd(name, hasValue ? args[++i] : ""))
                throw new UsageException($"{name}: must be given once, got another");
        }
    }

    public bool Has(string name) => given.ContainsKey(name);

    public string? Text(string name) => given.GetValueOrDefault(name);

    public double Number(string name, double otherwise, double min, double max) =>
        Text(name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
        : throw new UsageException(FormattableString.Invariant($"{name}: must be a number from {min} to {max}, got {text}"));

    public ValueList<int> Seeds() => ValueList.From((Text("--seeds") ?? "1,2,3").Split(',').Select(text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
            : throw new UsageException($"--seeds: must be whole numbers such as 1,2,3, got {text}")));

    public int Threads() => (int)Math.Floor(Number("--threads", 2, 1, 1024));
}

/// <summary>What the paired comparison measures.</summary>
/// <param name="Models">At least one.</param>
/// <param name="Seconds">Of measuring for each model, all contestants together.</param>
/// <param name="Threads">Of libtorch, in each contestant.</param>
/// <param name="Route">Of our step.</param>
/// <param name="Json">Whether the last line is for programs.</param>
internal sealed record PairedOptions(ValueList<Match> Models, double Seconds, int Threads, StepRoute Route, bool Json)
{
    public static PairedOptions Parse(Arguments given) => new(
        given.Text("--models") is { } names ? ValueList.From(names.Split(',').Distinct().Select(Match.Find)) : Match.All,
        given.Number("--seconds", 30, 0.1, 3600), given.Threads(), RouteOf(given), given.Has("--json"));

    public static StepRoute RouteOf(Arguments given) => given.Text("--route") switch
    {
        null or "auto" => StepRoute.Auto,
        "compiled" => StepRoute.Compiled,
        "autograd" => StepRoute.Autograd,
        var other => throw new UsageException($"--route: must be auto, compiled or autograd, got {other}"),
    };
}
