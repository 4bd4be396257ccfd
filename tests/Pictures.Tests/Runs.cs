namespace Vae.Tests;

/// <summary>Runs that never happened.</summary>
internal static class Runs
{
    public static Terms Terms(double reconstruction, double kl) => new(reconstruction + kl, reconstruction, kl);

    public static ValueList<HistoryEntry> History(int epochs, double floor = 80, bool scheduled = false) =>
        ValueList.From(Enumerable.Range(1, epochs).Select(e => new HistoryEntry(
            e, 100L * e, 2.5 * e, 24000 + e, scheduled ? 1e-3 / e : 1e-3, scheduled ? Math.Min(1, e / 5.0) : 1,
            Terms(floor + 60 * Math.Exp(-e / 3.0), 25 - 8 * Math.Exp(-e / 3.0)),
            Terms(floor + 1 + 40 * Math.Exp(-e / 3.0), 24 - 6 * Math.Exp(-e / 3.0)))));

    public static Experiment Experiment(string source = "digits", Likelihood? likelihood = null) => new(
        Zoo.Conv(Shape.Image(1, 28, 28)).With(likelihood: likelihood), Objectives.Elbo, new(source, Binarizations.None),
        new(20, 128, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never));

    public static TrainResult Result(int epochs = 20, Outcome outcome = Outcome.Completed, string note = "All epochs were trained.") =>
        new("runs/one", outcome, epochs, 151.25, 24011.4, Terms(81.234, 25.5), Terms(82.345, 24.25), History(epochs), note);
}
