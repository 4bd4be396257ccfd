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
    /// <summary>
    /// Hyperband: several halvings (brackets), from many runs that are compared after few epochs to few runs with all epochs, since it is
    /// not known how soon a comparison can be trusted; Li et al. 2018, algorithm 1.
    /// </summary>
    /// <param name="factor">η; ≥ 2.</param>
    public static SweepHalving Hyperband(int factor) => new(factor, 1) { HasBrackets = true };

    /// <summary>Whether there are several brackets of runs, those of <see cref="Hyperband"/>.</summary>
    public bool HasBrackets { get; private init; }

    /// <summary>Number of runs in all brackets of Hyperband together, which <see cref="SweepSpec.Random"/> draws.</summary>
    /// <param name="all">R, the epochs of a run that is not stopped; ≥ 1.</param>
    /// <param name="factor">η; ≥ 2.</param>
    public static int HyperbandRuns(int all, int factor) => Sizes(all, factor).Sum(size => size.Runs);

    /// <summary>The brackets of a number of runs, which they take in order; a bracket for which none is left has none.</summary>
    /// <param name="runs">Number of runs.</param>
    /// <param name="all">Epochs of a whole run; R.</param>
    internal ValueList<SweepBracket> Brackets(int runs, int all)
    {
        if (!HasBrackets)
            return [new(ValueList.From(Enumerable.Range(0, runs)), Rungs(all))];
        var (brackets, first) = (new List<SweepBracket>(), 0);
        foreach (var (count, rungs) in Sizes(all, Factor))
        {
            brackets.Add(new(ValueList.From(Enumerable.Range(first, Math.Max(0, Math.Min(count, runs - first)))), rungs));
            first += count;
        }
        return ValueList.From(brackets);
    }

    // Bracket s of s_max … 0 has ⌈(s_max + 1) ηˢ / (s + 1)⌉ runs, compared after R/ηˢ, R/ηˢ⁻¹, …, R epochs, of whole epochs at least one.
    private static IEnumerable<(int Runs, ValueList<int> Rungs)> Sizes(int all, int factor)
    {
        var powers = new List<long> { 1 };
        while (powers[^1] * factor <= all)
            powers.Add(powers[^1] * factor);
        for (var s = powers.Count - 1; s >= 0; s--)
            yield return ((int)Math.Min((powers.Count * powers[s] + s) / (s + 1), SweepSpec.MaxRuns),
                ValueList.From(Enumerable.Range(0, s + 1).Select(i => (int)(all / powers[s - i]))));
    }

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

/// <summary>Runs that are compared with each other.</summary>
/// <param name="Runs">Their numbers.</param>
/// <param name="Rungs">The epochs after which they are compared, the last being all.</param>
internal sealed record SweepBracket(ValueList<int> Runs, ValueList<int> Rungs);
