namespace Vae.Cli.Tests;

/// <summary>The events of a run that never happened.</summary>
internal static class Events
{
    public static Terms Terms(double reconstruction, double kl) => new(reconstruction + kl, reconstruction, kl);

    public static HistoryEntry Entry(int epoch) => new(
        epoch, 100L * epoch, 2.5 * epoch, 24000.5 + epoch, 1e-3, 1, Terms(90.25 - epoch, 25.5), Terms(91.125 - epoch, 24.5));

    public static TrainEvent Started(double validation = 0, string source = "digits", Likelihood? likelihood = null, long step = 0) =>
        new TrainEvent.Started(
        "runs/one",
        new(Zoo.Mlp(Shape.Image(1, 28, 28)).With(likelihood: likelihood), Objectives.Elbo, new(source, Binarizations.None, validation),
            new(3, 100, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never)),
        10_000, 652_824, step, 100, "compiled, float32");

    public static TrainEvent Progressed(long step) => new TrainEvent.Progressed(step, 20_000, Terms(75, 25));

    public static TrainResult Result(string note = "") => new(
        "runs/one", Outcome.Completed, 3, 151.4, 24001.5, Terms(87.25, 25.5), Terms(88.125, 24.5), [Entry(1), Entry(2), Entry(3)], note);

    public static ValueList<TrainEvent> Run { get; } = [
        Started(), Progressed(50), new TrainEvent.EpochEnded(Entry(1)), Progressed(150), new TrainEvent.EpochEnded(Entry(2)),
        Progressed(250), new TrainEvent.EpochEnded(Entry(3)), new TrainEvent.Ended(Result())];

    /// <summary>A training that reports these events.</summary>
    public static Func<IProgress<TrainEvent>, TrainResult> Playing(ValueList<TrainEvent> events) => progress =>
    {
        foreach (var value in events)
            progress.Report(value);
        return Result();
    };
}
