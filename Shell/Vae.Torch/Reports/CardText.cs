using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vae.Torch;

/// <summary>The content of a model card.</summary>
internal sealed record CardContent(
    string Name, string License, Experiment Experiment, DataSplit Data, ValueList<CardFigure> Figures, ValueList<HistoryEntry> History);

/// <summary>Writes model cards.</summary>
internal static class CardText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly JsonSerializerOptions Quotes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(CardContent card) => string.Join('\n',
        FrontMatter(card), $"# {OneLine(card.Name)}\n", Summary(card), CardSections.Use(card), Data(card), Results(card),
        CardSections.Limits(card), Code(card), Specification(card));

    /// <summary>What kind of model it is, as in <c>conditional variational autoencoder</c>.</summary>
    public static string Kind(VaeSpec spec) =>
        !Posteriors.HasDensity(spec.Posterior) ? "autoencoder"
        : spec.Latent == 0 ? "model without a latent"
        : spec.Condition is Condition.None ? "variational autoencoder" : "conditional variational autoencoder";

    private static string FrontMatter(CardContent card)
    {
        const string task = "unconditional-image-generation";
        var isImage = !card.Experiment.Model.Input.IsVector;
        var source = Quoted(Source(card.Experiment.Data));
        var text = new StringBuilder().Append("---\n").Append($"license: {card.License}\n").Append("library_name: vae\n");
        if (isImage)
            text.Append($"pipeline_tag: {task}\n");
        text.Append("tags:\n- vae\n- variational-autoencoder\n- generative-model\n- dotnet\n- safetensors\n");
        if (card.Figures.Count == 0)
            return text.Append("---\n").ToString();
        text.Append($"model-index:\n- name: {Quoted(card.Name)}\n  results:\n  - task:\n      type: {(isImage ? task : "other")}\n")
            .Append($"    dataset:\n      type: {source}\n      name: {source}\n")
            .Append("      split: test\n    metrics:\n");
        foreach (var figure in card.Figures)
            text.Append(Invariant, $"    - type: {figure.Id}\n      name: {Quoted($"{figure.Title}, nats per example")}\n")
                .Append(Invariant, $"      value: {figure.Mean:0.####}\n");
        return text.Append("---\n").ToString();
    }

    private static string Summary(CardContent card)
    {
        var (spec, kind) = (card.Experiment.Model, Kind(card.Experiment.Model));
        var epochs = card.History.Count == 0 ? 0 : card.History[^1].Epoch;
        var of = card.Experiment.Data.Schema.IsTable ? $"rows of {card.Experiment.Data.Schema.Columns.Count} columns"
            : spec.Input.IsVector ? $"vectors of {spec.Input.Channels} values" : $"{spec.Input} images";
        return string.Create(Invariant,
            $"{(kind[0] == 'a' ? "An" : "A")} {kind} of {of}, with {Parameters.Count(spec):N0} parameters and {spec.Latent} latent ")
            + $"{(spec.Latent == 1 ? "dimension" : "dimensions")}, trained with Vae for "
            + $"{epochs} {(epochs == 1 ? "epoch" : "epochs")} from seed {card.Experiment.Train.Seed}.\n\n"
            + Table(["part", "choice"], [
                ["posterior", Posteriors.Name(spec.Posterior)], ["prior", Priors.Name(spec.Prior)],
                ["likelihood", Likelihoods.Name(spec.Likelihood)], ["licence", card.License]]);
    }

    private static string Data(CardContent card)
    {
        var (data, spec) = (card.Data, card.Experiment.Data);
        List<string[]> rows = [
            ["source", Source(spec)], ["training examples", Count(data.Train)], ["validation examples", Count(data.Validation)],
            ["test examples", Count(data.Test)],
            ["SHA-256 of the examples in any order", $"`{Fingerprint(data)}`"]];
        if (data.Train.HasLabels)
            rows.Add(["classes", string.Join(", ", data.Train.Classes)]);
        if (spec.ExcludedClasses.Count > 0)
            rows.Add(["excluded classes", string.Join(", ", spec.ExcludedClasses)]);
        var columns = !spec.Schema.IsTable ? "" : "\n" + Table(
            ["column", "kind"], spec.Schema.Columns.Select(column => (string[])[column.Name, column.Kind.Title]));
        return "## Data\n\n" + Table(["", ""], rows) + columns;
    }

    private static string Results(CardContent card) => card.Figures.Count == 0 ? "" : "## Results\n\n" + Table(
            ["on the test set, nats per example", "mean", "standard error"],
            card.Figures.Select(figure => (string[])[figure.Title, Number(figure.Mean), Number(figure.Error)]))
        + $"\nThe standard error is that of a mean over {Count(card.Data.Test)} test examples, with one draw of the code for each. It does "
        + $"not cover another training run. {DensityNotes.Text(card.Experiment.Model.Likelihood)}".TrimEnd() + "\n";

    private static string Code(CardContent card) => $$"""
        ## Code

        ```bash
        dotnet tool install --global vae --prerelease
        vae evaluate .        # in this folder
        ```

        ```csharp
        using Vae.Torch;

        using var model = RunFolder.Open("{{OneLine(card.Name)}}").LoadModel();
        ```

        The weights are in `model.safetensors`, the whole specification is in `experiment.json`. No file can execute.

        """.ReplaceLineEndings("\n");

    private static string Specification(CardContent card) =>
        "## Specification\n\n<details><summary>experiment.json</summary>\n\n"
        + $"```json\n{SpecJson.Write(card.Experiment)}\n```\n\n</details>\n";

    /// <summary>The data's name; of a path only the last part, as the rest is a machine's own.</summary>
    public static string Source(DataSpec data) => Path.GetFileName(Path.TrimEndingDirectorySeparator(data.Source));

    // A record is of all rows of a file; other data are hashed here in the same way.
    private static string Fingerprint(DataSplit data) => data.Record?.Hash ?? RowKeys.Digest(
        [.. RowKeys.Of(data.Train), .. RowKeys.Of(data.Validation), .. RowKeys.Of(data.Test)]);

    private static string Table(IReadOnlyList<string> head, IEnumerable<string[]> rows) =>
        $"{Row(head)}{Row([.. head.Select(_ => "---")])}{string.Concat(rows.Select(Row))}";

    private static string Row(IReadOnlyList<string> cells) => $"| {string.Join(" | ", cells.Select(Cell))} |\n";

    private static string Cell(string text) => OneLine(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Count(Dataset data) => data.Count.ToString("N0", Invariant);

    private static string Number(double value) => value.ToString("0.000", Invariant);

    // A JSON text is a quoted text of YAML too.
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Quotes);
}
