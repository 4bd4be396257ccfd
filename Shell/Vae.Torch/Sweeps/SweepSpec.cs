namespace Vae.Torch;

/// <summary>One value of an axis.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Apply">Returns an experiment with the value set.</param>
public sealed record SweepValue(string Name, Func<Experiment, Experiment> Apply);

/// <summary>An axis of a sweep: a setting and the values it takes.</summary>
/// <param name="Name">Name in tables, such as β or latent.</param>
/// <param name="Values">At least one value.</param>
public sealed record SweepAxis(string Name, ValueList<SweepValue> Values);

/// <summary>A run of a sweep.</summary>
/// <param name="Name">Name of the run and of its folder within that of the sweep.</param>
/// <param name="Choices">Names of the run's values, in the order of the axes.</param>
/// <param name="Experiment">The experiment to train.</param>
public sealed record SweepRun(string Name, ValueList<string> Choices, Experiment Experiment);

/// <summary>A sweep: the names of its axes, and its runs.</summary>
/// <param name="Axes">Names of the axes.</param>
/// <param name="Runs">Runs in the order of training.</param>
public sealed record SweepSpec(ValueList<string> Axes, ValueList<SweepRun> Runs)
{
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
