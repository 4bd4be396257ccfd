using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Prints results as tables for people or as JSON lines for programs.</summary>
internal static class Printing
{
    private const int WidthOfAFile = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new FiniteNumbers<double>(), new FiniteNumbers<float>() },
    };

    private static readonly JsonSerializerOptions Indented = new(Json) { WriteIndented = true };

    /// <summary>Prints a record as one JSON line, or as a table of its properties under a title.</summary>
    public static void Facts<T>(TextWriter output, bool json, T facts, string title) where T : notnull
    {
        if (json)
        {
            Line(output, facts);
            return;
        }
        var table = new Table().Title(Messages.Clean(title).EscapeMarkup()).AddColumns("", "").HideHeaders().RoundedBorder();
        foreach (var property in facts.GetType().GetProperties().Where(p => p.Name != "EqualityContract"))
            table.AddRow(Words(property.Name), Text(property.GetValue(facts)).EscapeMarkup());
        Console(output).Write(table);
    }

    public static void Line(TextWriter output, object value) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>A value as the JSON text of a file.</summary>
    public static string File(object value) => JsonSerializer.Serialize(value, Indented) + "\n";

    /// <summary>Throws if a number of a record is NaN or infinite, after all have been printed: such a result is not a success.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="path">What was measured, for the message.</param>
    public static void ThrowUnlessFinite(object facts, string path)
    {
        var wrong = Numbers("", facts).Where(number => !double.IsFinite(number.Value))
            .Select(number => $"{Words(number.Name)} {number.Value}").Distinct().ToList();
        if (wrong.Count > 0)
            throw new VaeException($"{path}: must have finite metrics, got {string.Join(", ", wrong)} "
                + "(the weights or the data are out of range)");
    }

    // The numbers of a record, of records within it and of lists.
    private static IEnumerable<(string Name, double Value)> Numbers(string name, object? value) => value switch
    {
        double number => [(name, number)],
        float number => [(name, number)],
        System.Collections.IEnumerable many and not string => many.Cast<object?>().SelectMany(item => Numbers(name, item)),
        not null when value.GetType().Namespace?.StartsWith(nameof(Vae), StringComparison.Ordinal) == true && !value.GetType().IsEnum =>
            value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && p.GetMethod is { IsStatic: false })
                .SelectMany(p => Numbers(p.Name, p.GetValue(value))),
        _ => [],
    };

    /// <summary>Reports that a file was written.</summary>
    public static void Wrote(TextWriter output, bool json, string path)
    {
        if (json)
            Line(output, new { Event = "wrote", Path = path });
        else
            output.WriteLine($"wrote {path}");
    }

    /// <summary>Prints a model's layers with inferred shapes and parameter counts, and the memory of a step in words.</summary>
    public static void Model(TextWriter output, string name, VaeSpec spec, string memory)
    {
        var table = new Table().Title(name.EscapeMarkup()).AddColumns("component", "layer", "output", "parameters").RoundedBorder();
        table.Columns[3].RightAligned();
        Rows(table, "encoder", Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec));
        Rows(table, "decoder", Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec));
        Rows(table, "prior", Wiring.PriorLayers(spec), Wiring.PriorInput(spec));
        foreach (var network in Wiring.PartNetworks(spec))
            Rows(table, network.Name, Wiring.Layers(network), network.Input);
        foreach (var (component, kind) in new[] { ("posterior", Posteriors.Name(spec.Posterior)), ("prior", Priors.Name(spec.Prior)) })
            if (Parameters.OwnCount(spec, component) is var own and > 0)
                table.AddRow(component, kind.EscapeMarkup(), "", own.ToString("N0", CultureInfo.InvariantCulture));
        if (spec.Posterior is Posterior.Hierarchical hierarchical)
            table.AddRow(
                "stochastic layers",
                string.Join(", ", Hierarchies.Latents(hierarchical.Hierarchy).Select((shape, i) => $"z{i + 1} of {shape}")),
                $"{Wiring.DecoderInput(spec)}", "");
        var count = Parameters.Count(spec).ToString("N0", CultureInfo.InvariantCulture);
        table.Caption($"{count} parameters; latent {spec.Latent}; likelihood {Likelihoods.Name(spec.Likelihood)}".EscapeMarkup());
        Console(output).Write(table);
        output.WriteLine(memory);
    }

    public static void Diagnosis(TextWriter output, bool json, string run, Diagnosis diagnosis)
    {
        if (json)
        {
            Line(output, diagnosis);
            return;
        }
        var console = Console(output);
        var table = new Table().Title(run.EscapeMarkup())
            .AddColumns("latent", "KL, nats", "variance of means", "gap to prior, nats", "saturated").RoundedBorder();
        foreach (var facts in diagnosis.Dimensions)
            table.AddRow($"{facts.Index}", Text(facts.Kl), Text(facts.MeanVariance), Text(facts.Gap), Text(facts.Saturated));
        if (diagnosis.Dimensions.Count > 0)
            console.Write(table);
        console.WriteLine(Latents(diagnosis));
        if (diagnosis.LayerKl.Count > 0)
            console.WriteLine(
                $"KL of each stochastic layer, bottom up: {string.Join(", ", diagnosis.LayerKl.Select(kl => Text(kl)))} nats");
        if (diagnosis.ConditionDrop is { } drop)
            console.WriteLine($"swapping conditions between examples raises -ELBO by {Text(drop)} nats");
        foreach (var finding in diagnosis.Findings.Select(finding => OptionNames.Translate(finding)))
            console.WriteLine($"! {finding}");
        if (diagnosis.Findings.Count == 0)
            console.WriteLine("no problems found");
    }

    private static string Latents(Diagnosis diagnosis) => diagnosis.Dimensions.Count == 0 ? "the model has no latent"
        : $"{diagnosis.ActiveUnits} of {diagnosis.Dimensions.Count} dimensions are active"
            + (diagnosis.Gap is { } gap ? $"; the moments of the aggregate posterior are {Text(gap)} nats from the prior" : "")
            + (diagnosis.Dimensions[0].Kl is null ? "; their KL is not defined per dimension" : "");

    /// <summary>
    /// A console over a writer; without colours and cursor movements unless it is a terminal. What is searched later, such as names in
    /// tables, is not broken in a file or a pipe.
    /// </summary>
    public static IAnsiConsole Console(TextWriter output)
    {
        var isTerminal = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfAFile;
        return console;
    }

    private static void Rows(Table table, string component, ValueList<Layer> layers, Shape shape)
    {
        foreach (var layer in layers)
        {
            var weights = Parameters.List([layer], shape, "").Where(p => p.Trained).Sum(p => p.Shape.Size);
            shape = Shapes.Output(layer, shape).Match(output => output, _ => shape);
            table.AddRow(
                component, Layers.Name(layer).EscapeMarkup(), $"{shape}",
                weights == 0 ? "" : weights.ToString("N0", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A value as text, with up to 4 decimals; a dash for null.</summary>
    public static string Text(object? value) => value switch
    {
        null => "—",
        double number and (> -0.001 and < 0 or > 0 and < 0.001) => number.ToString("0.0e+0", CultureInfo.InvariantCulture),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        bool yes => yes ? "yes" : "no",
        _ => Messages.Clean($"{value}"),
    };

    private static string Words(string name) => string.Concat(name.Select((letter, i) =>
        i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
