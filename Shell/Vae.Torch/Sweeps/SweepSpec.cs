namespace Vae.Torch;

/// <summary>One of the values that a choice is given.</summary>
/// <param name="Name">As a table calls it.</param>
/// <param name="Apply">An experiment with it.</param>
public sealed record SweepValue(string Name, Func<Experiment, Experiment> Apply);

/// <summary>A choice that is made in several ways.</summary>
/// <param name="Name">As a table calls it: β, latent.</param>
/// <param name="Values">At least one.</param>
public sealed record SweepAxis(string Name, ValueList<SweepValue> Values);

/// <summary>A run of a sweep.</summary>
/// <param name="Name">The run's folder below that of the sweep; a name for people too.</param>
/// <param name="Choices">The names of its values, in the order of the axes.</param>
/// <param name="Experiment">What is run.</param>
public sealed record SweepRun(string Name, ValueList<string> Choices, Experiment Experiment);

/// <summary>A sweep as one value: the names of its axes and all runs, the product of their values.</summary>
/// <param name="Axes">Names.</param>
/// <param name="Runs">In the order in which they are trained.</param>
public sealed record SweepSpec(ValueList<string> Axes, ValueList<SweepRun> Runs)
{
    /// <summary>The most runs of a sweep.</summary>
    public const int MaxRuns = 10_000;

    /// <summary>Every combination of the axes' values over one experiment, the last axis fastest.</summary>
    public static SweepSpec Product(Experiment start, ValueList<SweepAxis> axes)
    {
        foreach (var axis in axes)
            if (axis.Values.Count == 0)
                throw new VaeException($"sweep.{axis.Name}: must have at least one value, got none");
        return Create(ValueList.From(axes.Select(axis => axis.Name)), Combinations(ValueList.From(axes.Select(axis => axis.Values)))
            .Select(values => new SweepRun("", ValueList.From(values.Select(value => value.Name)), values.Aggregate(start, (experiment, value) => value.Apply(experiment)))));
    }

    /// <summary>Runs with names made of their choices; every name is one of a folder, and no two are the same.</summary>
    public static SweepSpec Create(ValueList<string> axes, IEnumerable<SweepRun> runs)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return new(axes, ValueList.From(runs.Select(run =>
        {
            var stem = axes.Count == 0 ? "run" : string.Join('_', axes.Zip(run.Choices, (axis, choice) => Safe($"{axis}-{choice}")));
            return run with { Name = Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? stem : $"{stem}-{i}").First(taken.Add) };
        })));
    }

    /// <summary>Every way to take one of each, the last list fastest.</summary>
    public static IEnumerable<ValueList<T>> Combinations<T>(ValueList<ValueList<T>> lists)
    {
        var count = lists.Aggregate(1.0, (product, list) => product * list.Count);
        if (count > MaxRuns)
            throw new VaeException(FormattableString.Invariant($"sweep: must be at most {MaxRuns} runs, got {count}"));
        return lists.Aggregate((IEnumerable<ValueList<T>>)[[]], (done, list) => done.SelectMany(_ => list, (taken, value) => taken.Append([value])));
    }

    private static string Safe(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '-'));
}
