using System.Globalization;

namespace Vae.Torch;

/// <summary>
/// Training progress for notebooks and scripts: one line per epoch, which grows as the epoch is trained. It moves no cursor and shows
/// no times, so its output is the same in every run.
/// </summary>
/// <param name="output">Where to write; null for the console.</param>
public sealed class ProgressLines(TextWriter? output = null) : IProgress<TrainEvent>
{
    private const int Dots = 20;

    private long stepsPerEpoch = 1;
    private string evaluated = "test";
    private int drawn;

    // Read at each use: a notebook replaces the console for each cell.
#pragma warning disable RS0030 // A notebook shows what is printed on the console.
    private TextWriter Output => output ?? Console.Out;
#pragma warning restore RS0030

    /// <inheritdoc/>
    public void Report(TrainEvent value)
    {
        switch (value)
        {
            case TrainEvent.Started started:
                (stepsPerEpoch, drawn) = (Math.Max(started.StepsPerEpoch, 1), 0);
                evaluated = started.Experiment.Data.Validation > 0 ? "validation" : "test";
                Write(string.Create(
                    CultureInfo.InvariantCulture, $"{started.Images:N0} examples, {started.Parameters:N0} parameters; nats per example\n"));
                foreach (var remark in started.Remarks)
                    Write($"note: {remark}\n");
                break;
            case TrainEvent.Progressed progressed:
                Draw((int)(Dots * (progressed.Step % stepsPerEpoch) / stepsPerEpoch));
                break;
            case TrainEvent.EpochEnded ended:
                Draw(Dots);
                Write($" epoch {ended.Entry.Epoch}: train {Text(ended.Entry.Train)}, {evaluated} {Text(ended.Entry.Validation)}\n");
                drawn = 0;
                break;
            case TrainEvent.NotFinite notFinite:
                Write(string.Create(
                    CultureInfo.InvariantCulture, $"\nstep {notFinite.Step}: {notFinite.Term} must be finite, got {notFinite.Value}\n"));
                break;
            case TrainEvent.Ended { Result.Outcome: not Outcome.Completed } ended:
                Write($"{(drawn > 0 ? "\n" : "")}{ended.Result.Note}\n");
                break;
        }
    }

    private static string Text(Terms terms) => NumberTables.Nats(terms.Criterion);

    private void Draw(int dots)
    {
        if (dots > drawn)
            Write(new string('·', dots - drawn));
        drawn = Math.Max(drawn, dots);
    }

    private void Write(string text)
    {
        Output.Write(text);
        Output.Flush();
    }
}
