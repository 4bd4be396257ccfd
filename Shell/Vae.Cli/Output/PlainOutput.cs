using Vae.Torch;

namespace Vae.Cli;

/// <summary>Writes events as lines of text without control codes, for logs and pipes. Progress within an epoch is not shown.</summary>
/// <param name="output">Receives each line at once.</param>
/// <param name="prefix">Begins each line.</param>
internal sealed class PlainOutput(TextWriter output, string prefix = "") : IProgress<TrainEvent>
{
    private string reconstruction = "reconstruction";

    public void Report(TrainEvent value)
    {
        switch (value)
        {
            case TrainEvent.Started started:
                reconstruction = TextLines.Reconstruction(started.Experiment.Model.Likelihood);
                Line(TextLines.Format(started));
                foreach (var remark in started.Remarks)
                    Line(TextLines.Remark(remark));
                Line(TextLines.Header(started.Experiment));
                break;
            case TrainEvent.EpochEnded ended:
                Line(TextLines.Format(ended.Entry));
                break;
            case TrainEvent.NotFinite notFinite:
                Line(TextLines.Format(notFinite));
                break;
            case TrainEvent.Ended ended:
                Write(ended.Result);
                break;
        }
    }

    private void Write(TrainResult result)
    {
        Line(TextLines.Format(result));
        if (result.Note.Length > 0)
            Line(OptionNames.Translate(result.Note));
        Line(Row("", "-ELBO", reconstruction, "KL"));
        foreach (var (name, terms) in new[] { ("test", result.Test), ("train", result.Train) })
            Line(Row(name, TextLines.Nats(terms.NegElbo), TextLines.Nats(terms.Reconstruction), TextLines.Nats(terms.Kl)));
        Line($"run: {result.Run}");
    }

    private static string Row(string name, string negElbo, string reconstruction, string kl) =>
        $"{name,-5}  {negElbo,10}  {reconstruction,14}  {kl,10}";

    // Flushed at once: a log is read during the run, and after it was killed.
    private void Line(string text)
    {
        output.Write(prefix + TextLines.Printable(text).TrimEnd() + Environment.NewLine);
        output.Flush();
    }
}
