using System.CommandLine;

namespace Vae.Cli;

/// <summary>Options with the title under which a help page lists them.</summary>
internal sealed record OptionGroup(string Title, ValueList<Option> Options);

/// <summary>How help pages group options, by their names, which mean the same in every command.</summary>
internal static class OptionGroups
{
    private const string Own = "Options";

    private static readonly (string Title, string[] Names)[] Groups =
    [
        ("Data", ["--data", "--data-root", "--data-memory", "--image-size", "--crop", "--channels",
            "--values", "--columns", "--decimal", "--header", "--window", "--stride", "--time", "--group", "--accept-changed-data",
            "--binarize", "--validation", "--split", "--limit", "--exclude", "--shuffle-blocks"]),
        ("Model", ["--model", "--latent", "--likelihood", "--posterior", "--prior", "--condition"]),
        ("Objective", ["--objective", "--beta"]),
        ("Training", ["--epochs", "--batch", "--shards", "--lr", "--optimizer", "--clip", "--skip", "--ema", "--patience", "--reduce",
            "--init", "--recipe"]),
        ("Run", ["--out", "--resume", "--seed", "--seeds", "--best", "--device", "--threads", "--ranks", "--step", "--matmul", "--precision",
            "--tensorboard", "--json", "--help"]),
    ];

    private static readonly Dictionary<string, string> Grammars = new()
    {
        ["--beta"] = "schedule",
        ["--lr"] = "schedule",
    };

    /// <summary>The groups of a command: its own options first, then those that it shares with others.</summary>
    public static ValueList<OptionGroup> Name(Command command)
    {
        var options = Visible(command).ToList();
        if (command is RootCommand)
            return [new(Own, ValueList.From(options))];
        var own = options.Where(option => !Groups.Any(group => group.Names.Contains(option.Name)));
        return ValueList.From(Groups
            .Select(group => new OptionGroup(group.Title,
                ValueList.From(group.Names.SelectMany(name => options.Where(option => option.Name == name)))))
            .Prepend(new(Own, ValueList.From(own)))
            .Where(group => group.Options.Count > 0));
    }

    /// <summary>The grammar of an option's values; null if it has none.</summary>
    public static TextGrammar? Grammar(Option option)
    {
        var name = Grammars.GetValueOrDefault(option.Name, option.Name.TrimStart('-'));
        return SpecText.Grammars.FirstOrDefault(grammar => grammar.Name == name);
    }

    private static IEnumerable<Option> Visible(Command command) =>
        command.Options.Concat(command.Parents.OfType<RootCommand>().SelectMany(root => root.Options).Where(option => option.Recursive))
            .Where(option => !option.Hidden);
}
