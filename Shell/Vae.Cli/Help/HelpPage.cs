using System.CommandLine;
using System.CommandLine.Invocation;

namespace Vae.Cli;

/// <summary>Prints the help of a command: usage, arguments, options in groups, the forms of their values, examples.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    private const int Label = 26, Width = 100;

    // The reference lists all examples.
    private const int Examples = 5;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.InvocationConfiguration.Output, parseResult.CommandResult.Command);
        return VaeCommand.Success;
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    private static void Write(TextWriter output, Command command)
    {
        output.WriteLine(string.Join(Environment.NewLine, Wrapped(command.Description ?? "", Width)));
        output.WriteLine();
        output.WriteLine($"Usage: {Usage(command)}");
        if (command is RootCommand)
            foreach (var (title, names) in CommandGroups.All)
                Section(output, title, names.Select(name => command.Subcommands.First(sub => sub.Name == name))
                    .Select(sub => (sub.Name, Short(sub))));
        Section(output, "Arguments", command.Arguments.Select(argument => (SymbolText.Label(argument), SymbolText.Described(argument))));
        foreach (var group in OptionGroups.Name(command))
            Section(output, group.Title, group.Options.Select(option => (SymbolText.Label(option), Described(option))));
        Section(output, "Forms of values", Grammars(command).Select(grammar => (grammar.Name, grammar.Rule)));
        Section(output, "Examples", CommandExamples.Find(command is RootCommand ? "vae" : command.Name).Take(Examples)
            .Select(example => ("", $"{example.Line}\n{example.Summary}")));
        if (command is RootCommand)
            output.WriteLine(string.Join(Environment.NewLine,
                ["", .. Wrapped($"vae COMMAND --help describes a command. Exit codes: {CommandGroups.ExitCodes}.", Width)]));
    }

    /// <summary>How a command is called.</summary>
    public static string Usage(Command command) => command is RootCommand ? "vae COMMAND [OPTIONS]"
        : string.Join(' ', ["vae", command.Name, .. command.Arguments.Select(SymbolText.Label), "[OPTIONS]"]);

    /// <summary>The grammars of a command's options, each once.</summary>
    public static IEnumerable<TextGrammar> Grammars(Command command) =>
        OptionGroups.Name(command).SelectMany(group => group.Options).Select(OptionGroups.Grammar).OfType<TextGrammar>().Distinct();

    // The first clause is enough in a list of all commands.
    private static string Short(Command command) =>
        $"{(command.Description ?? "").Split([". ", "; ", ": "], StringSplitOptions.None)[0].TrimEnd('.')}.";

    private static string Described(Option option) =>
        SymbolText.Described(option) + (OptionGroups.Grammar(option) is { } grammar ? $"; forms: see {grammar.Name} below" : "");

    private static void Section(TextWriter output, string title, IEnumerable<(string Label, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        output.WriteLine($"{Environment.NewLine}{title}:");
        foreach (var (label, text) in all)
            Row(output, label, text);
    }

    private static void Row(TextWriter output, string label, string text)
    {
        if (label.Length == 0)
        {
            var (line, summary) = (text.Split('\n')[0], text.Split('\n')[1]);
            output.WriteLine($"  {line}");
            foreach (var part in Wrapped(summary, Width - 6))
                output.WriteLine($"      {part}");
            return;
        }
        var lines = Wrapped(text, Width - Label - 2);
        var first = label.Length < Label ? $"  {label.PadRight(Label)}{lines[0]}"
            : $"  {label}{Environment.NewLine}  {new string(' ', Label)}{lines[0]}";
        output.WriteLine(first.TrimEnd());
        foreach (var more in lines.Skip(1))
            output.WriteLine($"  {new string(' ', Label)}{more}");
    }

    private static List<string> Wrapped(string text, int width)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
            if (lines[^1].Length == 0)
                lines[^1] = word;
            else if (lines[^1].Length + 1 + word.Length <= width)
                lines[^1] += " " + word;
            else
                lines.Add(word);
        return lines;
    }
}
