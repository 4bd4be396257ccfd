using System.CommandLine;
using System.Text.RegularExpressions;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>
/// Translates the paths that messages of the library name into options of the command: <c>data.validation above 0</c> is
/// <c>--validation above 0</c>, and <c>train.learningRate=0.001</c> is <c>--lr 0.001</c>. A path that no option of a command sets stays.
/// </summary>
internal static class OptionNames
{
    // What sets a path; a path with a value that has an option of its own stands before the path.
    private static readonly (string Path, string Option)[] Known = [
        ("data.rawValues=true", "--values raw"), ("data.rawValues=false", "--values intensities"), ("data.rawValues", "--values"),
        ("data.masked=true", "--likelihood masked:…"), ("data.validation", "--validation"), ("data.source", "--data"),
        ("data.limit", "--limit"), ("data.shuffleBlocks", "--shuffle-blocks"), ("data.excludedClasses", "--exclude"),
        ("data.binarization", "--binarize"),
        ("data.height and data.width", "--image-size"), ("data.crop", "--crop"), ("data.channels", "--channels"),
        ("data.schema.decimalComma", "--decimal"),
        ("data.schema", "--columns"), ("data.split", "--split"), ("data.root", "--data-root"), ("data.memory", "--data-memory"),
        ("acceptChanges=true", "--accept-changed-data"),
        ("train.epochs", "--epochs"), ("train.batch", "--batch"), ("train.shards", "--shards"),
        ("train.seed", "--seed"), ("train.optimizer", "--optimizer"),
        ("train.learningRate", "--lr"), ("train.clipping.above", "--skip"), ("train.clipping", "--clip"), ("train.averaging", "--ema"),
        ("train.stopping.factor", "--reduce"), ("train.stopping.times", "--reduce"), ("train.stopping", "--patience"),
        ("train.initialization", "--init"),
        ("model.latent", "--latent"), ("model.likelihood", "--likelihood"), ("model.posterior", "--posterior"),
        ("model.prior", "--prior"), ("model.condition", "--condition"), ("objective.beta", "--beta"), ("objective", "--objective"),
        ("RunOptions.Device", "--device"), ("RunOptions.Route", "--step"), ("RunOptions.Precision", "--precision"),
        ("RunOptions.Matmul", "--matmul"), ("RunOptions.Threads", "--threads"), ("RunOptions.Ranks", "--ranks")];

    private static readonly Dictionary<string, string> Options = Known.ToDictionary(known => known.Path, known => known.Option);

    // "objective" is a word of sentences too: there it is a path only with a value.
    private static readonly Regex Paths = new(
        $@"(?<![\w./\\-])(?<path>{Either(path => path != "objective")})(?![\w\[:]|\.\w)(=(?<value>[^\s,;)]+))?"
        + @"|(?<![\w./\\-])(?<path>objective)=(?<value>[^\s,;)]+)", RegexOptions.CultureInvariant);

    private static readonly Regex Subject = new(
        $@"^(?<path>{Either(path => !path.Contains('=', StringComparison.Ordinal))})(?=[:.\[])", RegexOptions.CultureInvariant);

    /// <summary>Every option that a message may name.</summary>
    public static IEnumerable<string> All => Known.Select(known => known.Option.Split(' ')[0]).Distinct();

    /// <summary>A message as a user of a command reads it; with any command's options if none is given.</summary>
    /// <param name="message">One or more lines.</param>
    /// <param name="command">The command whose options are named; what it lacks is named as an option of training.</param>
    public static string Translate(string message, Command? command = null) =>
        string.Join('\n', OfMemory(message, command).Split('\n').Select(line => Line(line.TrimEnd('\r'), command)));

    private static string Line(string line, Command? command)
    {
        var lacking = new List<string>();
        var translated = Paths.Replace(line, match =>
        {
            var option = Options[match.Groups["path"].Value];
            if (!Has(command, option))
                lacking.Add(option);
            return !Has(command, option) ? match.Value
                : match.Groups["value"] is { Success: true, Value: var value } ? $"{option} {value}" : option;
        });
        return Named(translated, command) + (lacking.Count == 0 ? "" : $" (in vae train: {string.Join(", ", lacking.Distinct())})");
    }

    // Options that take less memory with less of them.
    private static readonly string[] Sizes = [
        "--batch", "--limit", "--count", "--importance-samples", "--samples", "--rounds", "--draws", "--latent"];

    /// <summary>The advice about memory, with the options that a command has.</summary>
    private static string OfMemory(string message, Command? command)
    {
        var given = Sizes.Where(option => command is not null && Has(command, option)).ToList();
        return given.Count == 0 ? message
            : message.Replace(NativeErrors.Advice, $"use a lower {string.Join(" or ", given)}"
                + (Has(command, "--objective") ? ", fewer samples of --objective, or a smaller model" : ""),
                StringComparison.Ordinal);
    }

    private static string Either(Func<string, bool> holds) =>
        string.Join('|', Known.Select(known => known.Path).Where(holds).Select(Regex.Escape));

    // What a line is about keeps its path, by which it stands in files; the option is added.
    private static string Named(string line, Command? command) =>
        command is not null && Subject.Match(line) is { Success: true } match && Options[match.Groups["path"].Value] is var option
            && Has(command, option) && !line.Contains(option, StringComparison.Ordinal)
            ? $"{line} ({option})" : line;

    private static bool Has(Command? command, string option) =>
        command is null || command.Options.Any(each => each.Name == option.Split(' ')[0] || each.Aliases.Contains(option.Split(' ')[0]));
}
