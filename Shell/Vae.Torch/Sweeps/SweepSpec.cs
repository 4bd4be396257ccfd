namespace Vae.Torch;

/// <summary>One value of an axis.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Apply">Returns an experiment with the value set.</param>
internal sealed record SweepValue(string Name, Func<Experiment, Experiment> Apply);

/// <summary>An axis of a sweep: a setting and the values it takes.</summary>
/// <param name="Name">Name in tables, such as β or latent.</param>
/// <param name="Values">At least one value.</param>
internal sealed record SweepAxis(string Name, ValueList<SweepValue> Values);

/// <summary>A setting whose values are drawn at random.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="At">The value at a uniform number in [0, 1), as its quantile.</param>
internal sealed record SweepRange(string Name, Func<double, SweepValue> At);

/// <summary>A run of a sweep.</summary>
/// <param name="Name">Name of the run and of its folder within that of the sweep.</param>
/// <param name="Choices">Names of the run's values, in the order of the axes.</param>
/// <param name="Experiment">The experiment to train.</param>
internal sealed record SweepRun(string Name, ValueList<string> Choices, Experiment Experiment);

/// <summary>A sweep: the names of its axes, and its runs.</summary>
/// <param name="Axes">Names of the axes.</param>
/// <param name="Runs">Runs in the order of training.</param>
internal sealed record SweepSpec(ValueList<string> Axes, ValueList<SweepRun> Runs)
{
    /// <summary>The share of the runs that this process trains; by default all that no other process has.</summary>
    public SweepPart Part { get; init; } = SweepPart.All;

    /// <summary>How runs are stopped early by comparison; null if all are trained to their end.</summary>
    public SweepHalving? Halving { get; init; }

    /// <summary>The maximum number of runs of a sweep.</summary>
    public const int MaxRuns = 10_000;

    /// <summary>Every combination of the axes' values, applied to one experiment; the last axis varies fastest.</summary>
    /// <param name="start">The experiment that values are applied to.</param>
    /// <param name="axes">Axes with at least one value each.</param>
    /// <returns>A sweep of one run per combination.</returns>
    /// <exception cref="VaeException">An axis has no values, or there are more than <see cref="MaxRuns"/> combinations.</exception>
    public static SweepSpec Product(Experiment start, ValueList<SweepAxis> axes)
    {
        foreach (var axis in axes)
            if (axis.Values.Count == 0)
                throw new VaeException($"sweep.{axis.Name}: must have at least one value, got none");
        SweepRun Run(ValueList<SweepValue> values) => new(
            "", ValueList.From(values.Select(value => value.Name)),
            values.Aggregate(start, (experiment, value) => value.Apply(experiment)));
        return Create(
            ValueList.From(axes.Select(axis => axis.Name)), Combinations(ValueList.From(axes.Select(axis => axis.Values))).Select(Run));
    }

    /// <summary>Runs whose values are drawn from ranges: random search; Bergstra &amp; Bengio 2012.</summary>
    /// <param name="start">The experiment that values are applied to.</param>
    /// <param name="ranges">What is drawn.</param>
    /// <param name="count">Number of runs, 1 … <see cref="MaxRuns"/>; fewer if the ranges have fewer values.</param>
    /// <param name="seed">The seed; a sweep with more runs begins with those of one with fewer.</param>
    /// <exception cref="VaeException">The number of runs is out of range.</exception>
    public static SweepSpec Random(Experiment start, ValueList<SweepRange> ranges, int count, ulong seed) => Create(
        ValueList.From(ranges.Select(range => range.Name)),
        Draws(ranges.Count, count, seed, (range, u) => ranges[range].At(u), value => value.Name).Select(values => new SweepRun(
            "", ValueList.From(values.Select(value => value.Name)),
            values.Aggregate(start, (experiment, value) => value.Apply(experiment)))));

    /// <summary>Draws distinct combinations of a value from each range.</summary>
    /// <param name="ranges">Number of ranges.</param>
    /// <param name="count">Number of combinations; fewer if there are fewer.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="at">The value of a range at a uniform number in [0, 1).</param>
    /// <param name="name">The name by which values are distinct.</param>
    /// <exception cref="VaeException">The number of combinations is out of range.</exception>
    internal static IEnumerable<ValueList<T>> Draws<T>(
        int ranges, int count, ulong seed, Func<int, double, T> at, Func<T, string> name)
    {
        const int patience = 100;
        if (count is < 1 or > MaxRuns)
            throw new VaeException($"search: must draw 1 to {MaxRuns} runs, got {count}");
        var (taken, random) = (new HashSet<string>(StringComparer.Ordinal), KeyedRandom.FromSeed(seed));
        for (var i = 0; taken.Count < count && i < patience * count; i++)
        {
            var values = ValueList.From(Enumerable.Range(0, ranges).Select(range => at(range, random.Fold(range).Uniform(i))));
            if (taken.Add(string.Join('\n', values.Select(name))))
                yield return values;
        }
    }

    /// <summary>Creates a sweep and names its runs by their choices; names are distinct and valid as folder names.</summary>
    /// <param name="axes">Names of the axes.</param>
    /// <param name="runs">Runs with one choice per axis; their names are replaced.</param>
    /// <returns>A sweep of the renamed runs.</returns>
    public static SweepSpec Create(ValueList<string> axes, IEnumerable<SweepRun> runs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new(axes, ValueList.From(runs.Select(run =>
        {
            var stem = axes.Count == 0 ? "run" : string.Join('_', axes.Zip(run.Choices, (axis, choice) => Safe($"{axis}-{choice}")));
            return run with { Name = Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? stem : $"{stem}-{i}").First(taken.Add) };
        })));
    }

    /// <summary>Every combination of one element of each list; the last list varies fastest.</summary>
    /// <param name="lists">The lists to choose from.</param>
    /// <returns>The combinations, each in the order of the lists.</returns>
    /// <exception cref="VaeException">There are more than <see cref="MaxRuns"/> combinations.</exception>
    public static IEnumerable<ValueList<T>> Combinations<T>(ValueList<ValueList<T>> lists)
    {
        var count = lists.Aggregate(1.0, (product, list) => product * list.Count);
        if (count > MaxRuns)
            throw new VaeException(FormattableString.Invariant($"sweep: must be at most {MaxRuns} runs, got {count}"));
        return lists.Aggregate(
            (IEnumerable<ValueList<T>>)[[]], (done, list) => done.SelectMany(_ => list, (taken, value) => taken.Append([value])));
    }

    private static string Safe(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '-'));
}
