namespace Vae.Torch;

/// <summary>
/// Successive halving: all runs train for a few epochs, the best part goes on for more, and so on until the last ones have all epochs;
/// Jamieson &amp; Talwalkar 2016, the inner loop of Hyperband (Li et al. 2018). Every run keeps the schedules of its whole length, so a
/// run that gets to the end is what it would be alone.
/// </summary>
/// <param name="Factor">η: the best 1/η of the runs go on for η times the epochs; ≥ 2.</param>
/// <param name="Epochs">Epochs of all runs; ≥ 1.</param>
internal sealed record SweepHalving(int Factor, int Epochs)
{
    /// <summary>The epochs after which runs are compared, the last being all.</summary>
    internal ValueList<int> Rungs(int all)
    {
        var rungs = new List<int>();
        for (long epochs = Epochs; epochs < all; epochs *= Factor)
            rungs.Add((int)epochs);
        return ValueList.From([.. rungs, all]);
    }

    /// <summary>The runs that go on: the best 1/η, at least one, by their validation criterion; of equal ones the first.</summary>
    internal ValueList<int> Survivors(IReadOnlyList<(int Run, double Criterion)> runs) => ValueList.From(runs
        .OrderBy(run => double.IsNaN(run.Criterion) ? double.PositiveInfinity : run.Criterion).ThenBy(run => run.Run)
        .Take(Math.Max(1, runs.Count / Factor)).Select(run => run.Run).Order());

    internal ValueList<Problem> Problems(SweepSpec sweep) => [
        .. Factor >= 2 ? [] : new[] { new Problem("search.factor", "must be at least 2", $"{Factor}") },
        .. Epochs >= 1 ? [] : new[] { new Problem("search.epochs", "must be at least 1", $"{Epochs}") },
        .. sweep.Runs.All(run => run.Experiment.Data.Validation > 0) ? [] : new[]
        {
            new Problem("search", "needs a validation part of the data to compare runs (data.validation above 0)", "none"),
        },
        .. sweep.Runs.Select(run => run.Experiment.Train.Epochs).Distinct().Count() <= 1 ? [] : new[]
        {
            new Problem("search", "must have the same epochs in all runs", "several"),
        },
        .. sweep.Part == SweepPart.All ? [] : new[]
        {
            new Problem("part", "must be left out when runs are compared with each other (start more processes on one folder)", "one"),
        }];
}
