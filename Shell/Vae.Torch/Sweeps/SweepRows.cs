using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>The rows of a sweep's runs as files, <c>row.json</c> in each run's folder, so that any process can make the table.</summary>
internal sealed class SweepRows(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    // What follows from the run itself; the rest from the sweep.
    private sealed record Form(Outcome Outcome, int Epochs, double Seconds, Terms Test, int ActiveUnits);

    /// <summary>The row of a run; null if it has none yet.</summary>
    /// <exception cref="VaeException">The file is damaged.</exception>
    public SweepRow? Read(SweepRun run)
    {
        if (!File.Exists(Of(run)))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Form>(File.ReadAllText(Of(run)), Json) is { } row
                ? new(run.Name, run.Choices, row.Outcome, row.Epochs, row.Seconds, row.Test, row.ActiveUnits, false)
                : throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{Of(run)}: must be the row of a run in its sweep (remove it to make it again), got: {e.Message}", e);
        }
    }

    /// <summary>Writes the row of a run.</summary>
    public void Write(SweepRun run, SweepRow row) => AtomicFile.WriteText(
        Of(run), JsonSerializer.Serialize(new Form(row.Outcome, row.Epochs, row.Seconds, row.Test, row.ActiveUnits), Json) + "\n");

    /// <summary>Writes the whole sweep.</summary>
    public static void Write(SweepResult sweep) =>
        AtomicFile.WriteText(Path.Combine(sweep.Folder, "sweep.json"), JsonSerializer.Serialize(sweep, Json) + "\n");

    private string Of(SweepRun run) => Path.Combine(folder, run.Name, "row.json");
}
