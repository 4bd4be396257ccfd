namespace Vae;

/// <summary>What happens when the validation bound stops improving.</summary>
[Closed]
public abstract partial record Stopping
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The factor of the learning rate after a number of stalls.</summary>
    internal virtual double RateAfter(int stalls) => 1;

    /// <summary>The run continues to its last epoch.</summary>
    public sealed partial record Never : Stopping;

    /// <summary>Early stopping, counted from the end of the β warm-up. The best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    public sealed partial record Patience(int Epochs) : Stopping
    {
        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.epochs", Epochs, 1);
    }

    /// <summary>
    /// Reduces the learning rate a number of times before the run ends. Epochs are counted as in <see cref="Patience"/>, from 0 after
    /// each reduction. The best weights are kept.
    /// </summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    /// <param name="Factor">The factor of the learning rate at each reduction; in (0, 1).</param>
    /// <param name="Times">Number of reductions; ≥ 1. The next stall ends the run.</param>
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
    /// <summary>The run continues to its last epoch.</summary>
    public static Stopping Never { get; } = new Stopping.Never();

    /// <summary>Early stopping on the validation bound.</summary>
    /// <param name="epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    public static Stopping Patience(int epochs) => new Stopping.Patience(epochs);

    /// <summary>Reduces the learning rate whenever the validation bound stalls, a number of times before the run ends.</summary>
    /// <param name="epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    /// <param name="factor">The factor of the learning rate at each reduction; in (0, 1).</param>
    /// <param name="times">Number of reductions; ≥ 1.</param>
    public static Stopping Plateau(int epochs, double factor = 0.1, int times = 2) => new Stopping.Plateau(epochs, factor, times);

    /// <summary>
    /// Counts how often a number of epochs passed without a new minimum; the count of epochs restarts after each stall. It depends on the
    /// history only, so that a resumed run gives the same result.
    /// </summary>
    /// <param name="criteria">The criterion of each epoch in order; lower is better.</param>
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
    /// <param name="stopping">The rule.</param>
    /// <param name="stalls">Number of stalls; ≥ 0.</param>
    public static double RateAfter(Stopping stopping, int stalls) => stopping.RateAfter(stalls);
}
