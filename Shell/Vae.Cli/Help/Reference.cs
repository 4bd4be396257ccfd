using System.CommandLine;
using System.Text;

namespace Vae.Cli;

/// <summary>Writes the reference of the command in Markdown; the package's page is this text.</summary>
internal static class Reference
{
    private const string Head = """
        # vae

        `vae` trains, evaluates, samples and diagnoses variational autoencoders from the command line. Its shortest line trains a
        652,824-parameter VAE on 60,000 embedded digits and writes weights, history, pictures and a self-contained `report.html` to a
        folder in `runs/`.

        ```bash
        dotnet tool install --global vae
        vae train
        ```

        The tool brings libtorch for the CPU of its platform (linux-x64, win-x64 or osx-arm64) and needs the .NET 10 runtime. For NVIDIA
        GPUs, build it from its sources with `-p:TorchBackend=cuda-linux` or `cuda-windows`. Inside the repository, `vae` stands for
        `dotnet run -c Release --project Shell/Vae.Cli --`.

        - `vae COMMAND --help` shows the options of a command in groups; `--json` prints JSON lines for programs.
        - Bad input ends with a sentence that says where, what must hold and what was found.
        - A run that was killed and resumed ends, on the CPU, with the same weights bit for bit as one that was not.
        - `--dry-run` checks the options, and for `train` and `sweep` the experiment against its data, without training.

        This page is written by the command itself; a test compares the two.

        ## Tasks

        | to | use |
        |---|---|
        | train, and continue a finished or interrupted run | `vae train -o runs/vae`, `vae train --resume runs/vae -e 20` |
        | generate, one row for each class | `vae train --condition label -o runs/labels`, `vae picture runs/labels class-sheet` |
        | generate from an autoencoder too | `vae train --posterior point -o runs/ae`, `vae sample runs/ae --sampler mixture:10` |
        | find similar examples | `vae neighbours runs/vae --index 4` |
        | find anomalies, here of a class that was excluded from training | `vae train --exclude 2 -o runs/no2`, `vae anomaly runs/no2` |
        | impute missing values | `vae impute runs/vae --mask left --rounds 50` |
        | compare models | `vae compare runs/vae runs/ae`, `vae evaluate runs/vae --metrics all` |
        | find problems such as posterior collapse | `vae doctor runs/vae` |

        """;

    /// <summary>The whole page, with line feeds only.</summary>
    public static string Write(RootCommand root)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        text.Append($"\nExit codes: {CommandGroups.ExitCodes}.\n\n## Commands\n");
        foreach (var (title, names) in CommandGroups.All)
            Table(text, [title, "what it does"], names.Select(name => root.Subcommands.First(sub => sub.Name == name))
                .Select(sub => new[] { $"[`{sub.Name}`](#vae-{sub.Name})", sub.Description ?? "" }));
        foreach (var name in CommandGroups.All.SelectMany(group => group.Names))
            Page(text, root.Subcommands.First(sub => sub.Name == name));
        text.Append("\n## Forms of values\n\nOptional parts are in brackets; numbers are written with a decimal point everywhere.\n");
        foreach (var grammar in SpecText.Grammars)
            Forms(text, grammar);
        return text.ToString();
    }

    private static void Page(StringBuilder text, Command command)
    {
        text.Append($"\n## vae {command.Name}\n\n{command.Description}\n\n```text\n{HelpPage.Usage(command)}\n```\n");
        Table(text, ["example", "what it does"], CommandExamples.Find(command.Name)
            .Select(example => new[] { $"`{example.Line}`", example.Summary }));
        if (command.Arguments.Count > 0)
            Table(text, ["argument", "meaning"], command.Arguments
                .Select(argument => new[] { $"`{SymbolText.Label(argument)}`", SymbolText.Described(argument) }));
        foreach (var group in OptionGroups.Name(command))
            Table(text, [group.Title.ToLowerInvariant(), "meaning"], group.Options
                .Select(option => new[] { $"`{SymbolText.Label(option)}`", Described(option) }));
    }

    private static void Forms(StringBuilder text, TextGrammar grammar)
    {
        text.Append($"\n### {grammar.Name}\n");
        if (grammar.Where.Length > 0)
            text.Append($"\nHere {Escaped(grammar.Where)}.\n");
        Table(text, ["form", "meaning"], grammar.Forms.Select(form => new[] { $"`{form.Form}`", form.Summary }));
    }

    private static string Described(Option option) =>
        SymbolText.Described(option) + (OptionGroups.Grammar(option) is { } grammar ? $"; forms: [{grammar.Name}](#{grammar.Name})" : "");

    private static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.Append($"\n| {string.Join(" | ", head)} |\n|{string.Concat(head.Select(_ => "---|"))}\n");
        foreach (var row in rows)
            text.Append($"| {string.Join(" | ", row.Select(Escaped))} |\n");
    }

    // In a table '|' ends a cell, even in code; outside code '<' begins a tag and '*' emphasis.
    private static string Escaped(string cell)
    {
        var escaped = cell.Replace("|", "\\|", StringComparison.Ordinal);
        return cell.StartsWith('`') ? escaped
            : escaped.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
    }
}
