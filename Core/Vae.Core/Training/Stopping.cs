namespace Vae;

/// <summary>What happens when the validation bound no longer improves.</summary>
[Closed]
public abstract partial record Stopping
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The factor of the learning rate after a number of stalls.</summary>
    internal virtual double RateAfter(int stalls) => 1;

    /// <summary>Nothing: the run goes on to its last epoch.</summary>
    public sealed partial record Never : Stopping;

    /// <summary>Early stopping, counted from the end of the β warm-up; the best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    public sealed partial record Patience(int Epochs) : Stopping
    {
        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.epochs", Epochs, 1);
    }

    /// <summary>
    /// The learning rate falls a number of times before the run ends; waits are counted as in <see cref="Patience"/>, starting
    /// again after each fall; the best weights are kept.
    /// </summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    /// <param name="Factor">What the learning rate is multiplied by each time; in (0, 1).</param>
    /// <param name="Times">Number of falls; ≥ 1. The wait after the last fall ends the run.</param>
    public sealed partial record Plateau(int Epochs, double Factor, int Times) : Stopping
    {
        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.AtLeast($"{path}.epochs", Epochs, 1), .. Rules.AtLeast($"{path}.times", Times, 1),
            .. Rules.Within($"{path}.factor", Factor, 0, 1, closedLow: false, closedHigh: false)];

        internal override double RateAfter(int stalls) => Math.Pow(Factor, Math.Min(stalls, Times));
    }
}

/// <summary>Stopping rules by name.</summary>
public static class Stoppings
{
    /// <summary>The run goes on to its last epoch.</summary>
    public static Stopping Never { get; } = new Stopping.Never();

    /// <summary>Early stopping on the validation bound.</summary>
    public static Stopping Patience(int epochs) => new Stopping.Patience(epochs);

    /// <summary>A learning rate that falls whenever the validation bound stalls, a number of times before the run ends.</summary>
    public static Stopping Plateau(int epochs, double factor = 0.1, int times = 2) => new Stopping.Plateau(epochs, factor, times);

    /// <summary>
    /// Counts how often a number of epochs passed without a new minimum; the count of epochs starts again after each stall.
    /// A function of the history alone, so a resumed run gives the same result.
    /// </summary>
    /// <param name="criteria">The criterion of each epoch in order; less is better.</param>
    /// <param name="patience">Epochs without a new minimum that make a stall; ≥ 1.</param>
    /// <returns>Number of stalls; ≥ 0.</returns>
    public static int Stalls(IEnumerable<double> criteria, int patience)
    {
        int stalls = 0, waited = 0;
        var best = double.PositiveInfinity;
        foreach (var criterion in criteria)
        {
            waited = criterion < best ? 0 : waited + 1;
            best = Math.Min(best, criterion);
            if (waited == patience)
                (stalls, waited) = (stalls + 1, 0);
        }
        return stalls;
    }

    /// <summary>The factor of the learning rate after a number of stalls.</summary>
    public static double RateAfter(Stopping stopping, int stalls) => stopping.RateAfter(stalls);
}
