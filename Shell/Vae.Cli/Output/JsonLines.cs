using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>
/// Writes events as JSON lines for programs: one object per line, flushed at once. The last is <c>completed</c>, whatever the outcome.
/// </summary>
/// <param name="output">Receives each line at once.</param>
/// <param name="claim">The claim that the run is for, which each object names; null for none.</param>
internal sealed class JsonLines(TextWriter output, string? claim = null) : IProgress<TrainEvent>
{
    private string evaluated = "test";

    public void Report(TrainEvent value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            Write(json, value);
            if (claim is not null)
                json.WriteString("claim", claim);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(bytes.WrittenSpan) + "\n");
        output.Flush();
    }

    private void Write(Utf8JsonWriter json, TrainEvent value)
    {
        switch (value)
        {
            case TrainEvent.Started started:
                // Without a validation set, epochs are evaluated on the test set.
                evaluated = started.Experiment.Data.Validation > 0 ? "validation" : "test";
                Write(json, started);
                break;
            case TrainEvent.Progressed progressed:
                json.WriteString("event", "progress");
                json.WriteNumber("step", progressed.Step);
                Number(json, "imagesPerSecond", progressed.ImagesPerSecond);
                Write(json, "train", progressed.Terms);
                Share(json, progressed.Communication);
                break;
            case TrainEvent.EpochEnded ended:
                Write(json, ended.Entry);
                break;
            case TrainEvent.NotFinite notFinite:
                json.WriteString("event", "diverged");
                json.WriteNumber("step", notFinite.Step);
                json.WriteString("term", notFinite.Term);
                json.WriteString("value", notFinite.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case TrainEvent.Ended ended:
                Write(json, ended.Result);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, TrainEvent.Started started)
    {
        json.WriteString("event", "started");
        json.WriteString("run", started.Run);
        json.WriteString("data", started.Experiment.Data.Source);
        json.WriteNumber("images", started.Images);
        json.WriteNumber("parameters", started.Parameters);
        json.WriteNumber("epochs", started.Experiment.Train.Epochs);
        json.WriteNumber("step", started.Step);
        json.WriteNumber("stepsPerEpoch", started.StepsPerEpoch);
        json.WriteString("route", started.Route);
        if (started.Remarks.Count == 0)
            return;
        json.WriteStartArray("remarks");
        foreach (var remark in started.Remarks)
            json.WriteStringValue(OptionNames.Translate(remark));
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, HistoryEntry entry)
    {
        json.WriteString("event", "epoch");
        json.WriteNumber("epoch", entry.Epoch);
        json.WriteNumber("step", entry.Step);
        Number(json, "seconds", entry.Seconds);
        Number(json, "imagesPerSecond", entry.ImagesPerSecond);
        Number(json, "learningRate", entry.LearningRate);
        Number(json, "beta", entry.Beta);
        Write(json, "train", entry.Train);
        Write(json, evaluated, entry.Validation);
        json.WriteNumber("skipped", entry.Skipped);
        Share(json, entry.Communication);
    }

    // Of runs on several ranks only.
    private static void Share(Utf8JsonWriter json, double communication)
    {
        if (communication > 0)
            Number(json, "communication", communication);
    }

    private static void Write(Utf8JsonWriter json, TrainResult result)
    {
        json.WriteString("event", "completed");
        json.WriteString("run", result.Run);
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName($"{result.Outcome}"));
        json.WriteNumber("epochs", result.Epochs);
        Number(json, "seconds", result.Seconds);
        // Of a run without a whole epoch there is no speed and no mean over one.
        Number(json, "imagesPerSecond", result.Epochs == 0 ? null : result.ImagesPerSecond);
        if (result.Epochs == 0)
            json.WriteNull("train");
        else
            Write(json, "train", result.Train);
        Write(json, "test", result.Test);
        json.WriteString("note", OptionNames.Translate(result.Note));
    }

    private static void Write(Utf8JsonWriter json, string name, Terms terms)
    {
        json.WriteStartObject(name);
        Number(json, "negElbo", terms.NegElbo);
        Number(json, "reconstruction", terms.Reconstruction);
        Number(json, "kl", terms.Kl);
        json.WriteEndObject();
    }

    // JSON has no NaN or infinity; they are written as null, as is a value that does not apply.
    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
