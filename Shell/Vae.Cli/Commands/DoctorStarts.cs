using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>What the weights before training are worth to a run: the bound after a short training from each initialization.</summary>
internal static class DoctorStarts
{
    private const int TrainingExamples = 20_000, TestExamples = 2_000;

    private static readonly string[] Names = ["lecun", "glorot", "glorot+data-bias", "he+data-bias", "orthogonal+data-bias"];

    private sealed record Start(string Initialization, bool OfRun, bool IsDefault, double? NegElbo, double? Kl);

    /// <summary>Trains the run's model on at most 20,000 examples from each initialization, and prints the bounds.</summary>
    public static void Write(TextWriter output, bool json, Experiment experiment, DataSplit data, RunOptions options)
    {
        var few = new DataSplit(Few(data.Train, TrainingExamples), data.Validation.Take([]), Few(data.Test, TestExamples));
        // Few examples are seen more often, as far as the run itself saw them.
        var train = TrainRecipes.Stretched(
            experiment.Train, Math.Clamp(TrainingExamples / Math.Max(few.Train.Count, 1), 1, Math.Max(experiment.Train.Epochs, 1)));
        var rows = new List<Start>();
        foreach (var (name, start) in Starts(train.Initialization))
        {
            var tried = Try(experiment.With(train: train.With(initialization: start, stopping: Stoppings.Never)), few, options);
            rows.Add(new(name, start == train.Initialization, start == TrainRecipes.Initialization(experiment.Model),
                tried.Outcome == Outcome.Completed ? tried.Test.NegElbo : null, tried.Test.Kl));
            if (json)
                Printing.Line(output, rows[^1]);
        }
        if (!json)
            Tables.Write(output, "starts", ["--init", "", "-ELBO#", "KL#"], rows.Select(Cells), FormattableString.Invariant(
                $"in nats on test examples, after {train.Epochs * few.Train.Count:N0} training examples with seed {train.Seed}"));
    }

    private static IEnumerable<(string Name, Initialization Start)> Starts(Initialization ofRun)
    {
        var known = Names.Select(name => (name, VaeException.Unwrap(SpecText.Initialization(name)))).ToList();
        return known.Any(start => start.Item2 == ofRun) ? known : known.Prepend(("(other)", ofRun));
    }

    private static TrainResult Try(Experiment experiment, DataSplit data, RunOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("vae-");
        try
        {
            return Trainer.Train(experiment, data, options with { Out = Path.Combine(folder.FullName, "run") });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dataset Few(Dataset data, int most) => data.Count <= most ? data : data.Take(data.Evenly(most));

    private static string[] Cells(Start start) =>
    [
        start.Initialization, start.OfRun ? "this run's" : start.IsDefault ? "default" : "",
        Nats(start.NegElbo) ?? "diverged", Nats(start.Kl) ?? "",
    ];

    private static string? Nats(double? value) => value?.ToString("F2", CultureInfo.InvariantCulture);
}
