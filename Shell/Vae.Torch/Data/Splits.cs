namespace Vae.Torch;

/// <summary>The training, validation and test sets of a run.</summary>
/// <param name="Train">The training set; never empty.</param>
/// <param name="Validation">The validation set; may be empty.</param>
/// <param name="Test">The test set; may be empty.</param>
[TypeFormatterSource(typeof(NumberFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record DataSplit(Dataset Train, Dataset Validation, Dataset Test)
{
    /// <summary>What a run keeps of it; null for sets that are not divided from one file.</summary>
    internal DataRecord? Record { get; init; }

    /// <summary>How the data differ from those that the run was made with, where that was accepted; empty otherwise.</summary>
    public string Changes { get; init; } = "";
}

/// <summary>Splits data sets by a shuffle that depends on the seed only.</summary>
internal static class Splits
{
    /// <summary>
    /// Splits a data set; validation and test are fractions of all examples, rounded to whole examples. Each part is in the order
    /// of the shuffle; if both fractions are 0, the training set is the data set itself.
    /// </summary>
    /// <exception cref="VaeException">A fraction is outside [0, 1), or no training example is left.</exception>
    public static DataSplit Divide(Dataset all, double validation, double test, ulong seed)
    {
        if (validation == 0 && test == 0)
            return new(all, all.Take([]), all.Take([]));
        var (train, validated, tested) = Indices(all.Name, all.Count, validation, test, seed);
        var parts = Ordered(all, new(train, validated, tested));
        return new(all.Take(parts.Train), all.Take(parts.Validation), all.Take(parts.Test));
    }

    /// <summary>The first examples of a shuffle, by which the order of a set that is divided at random is one already.</summary>
    public static int[] First(Dataset data, int count, ulong seed) => data.Blocks.IsEmpty ? [.. Enumerable.Range(0, count)]
        : [.. Permutation(seed, data.Count).Take(count).Order()];

    // Blocks are read as they lie in the file.
    private static PartIndices Ordered(Dataset all, PartIndices parts) => all.Blocks.IsEmpty ? parts
        : new([.. parts.Train.Order()], [.. parts.Validation.Order()], [.. parts.Test.Order()]);

    /// <summary>Divides one file, and records how; or as a run's record says, wherever its rows are now.</summary>
    /// <param name="all">All examples of the file.</param>
    /// <param name="options">How it is divided.</param>
    /// <param name="table">The texts of a table, whose columns a split rule may name; null for other data.</param>
    public static DataSplit Divide(Dataset all, DataOptions options, Func<TableTexts>? table = null)
    {
        if (options.Record is not null)
            return Divide(all, options, new PartIndices([], [], []));
        var (split, parts) = ByRule(all, options, table);
        return split with { Record = DataRecord.Of(all, RowKeys.Of(all), parts) };
    }

    /// <summary>Divides one file into given parts, and records them; or as a run's record says.</summary>
    public static DataSplit Divide(Dataset all, DataOptions options, PartIndices parts)
    {
        if (options.Record is not { } record)
            return new(all.Take(parts.Train), all.Take(parts.Validation), all.Take(parts.Test))
            {
                Record = DataRecord.Of(all, RowKeys.Of(all), parts),
            };
        var keys = RowKeys.Of(all);
        var found = record.Find(keys);
        var changes = found is { Missing: 0, New: 0 } ? ""
            : $"{found.Parts.Count:N0} of its {record.Rows:N0} rows{(found.New > 0 ? $" and {found.New:N0} others" : "")}";
        if (changes.Length > 0 && !options.AcceptChanges)
            throw new VaeException($"{all.Name}: must hold the rows that the run was made with, got {changes} "
                + "(acceptChanges=true goes on with those of its rows that are there)");
        if (changes.Length > 0 && (found.Parts.Test.Length == 0 || found.Parts.Train.Length == 0))
            throw new VaeException($"{all.Name}: must hold training and test rows of the run, got {changes}");
        return new(all.Take(found.Parts.Train), all.Take(found.Parts.Validation), all.Take(found.Parts.Test))
        {
            Record = DataRecord.Of(all, keys, found.Parts),
            Changes = changes.Length == 0 ? "" : $"{all.Name} has changed since the run was made: it holds {changes}; "
                + "the run's own rows are used",
        };
    }

    /// <summary>Divides examples by the rule of the options, without a record.</summary>
    public static (DataSplit Split, PartIndices Parts) ByRule(Dataset all, DataOptions options, Func<TableTexts>? table = null)
    {
        var isWhole = options is { Validation: 0, Test: 0 };
        var rule = isWhole ? SplitRules.Shuffled : options.Split;
        var texts = SplitRules.By(rule).Length == 0 ? [] : SplitTexts.Of(rule, all.Name, all.Count, table?.Invoke(), options.Root);
        var parts = Ordered(all, PartChoices.Choose(all, options with { Split = rule }, texts));
        // One part needs no copy.
        return (new(isWhole ? all : all.Take(parts.Train), all.Take(parts.Validation), all.Take(parts.Test)), parts);
    }

    /// <summary>Splits a validation set off the training set; the given test set stays as it is.</summary>
    public static DataSplit Divide(Dataset train, Dataset test, double validation, ulong seed) =>
        Divide(train, validation, 0, seed) with { Test = test };

    /// <summary>
    /// The parts of a known data set: as published, and validation taken from the training examples. A limit takes the first of a keyed
    /// shuffle, since the file may be in order of the labels.
    /// </summary>
    public static DataSplit DivideKnown(Dataset train, Dataset test, DataOptions options)
    {
        var split = Divide(train, test, options.Validation, options.Seed);
        return options.Validation == 0 ? split with { Train = Limited(train, options) } : split;
    }

    /// <summary>As many of the first examples of a keyed shuffle as the options allow; without a limit all, in their order.</summary>
    public static Dataset Limited(Dataset train, DataOptions options) => options.Limit == 0 ? train
        : train.Take(Permutation(options.Seed, train.Count).AsSpan(0, Math.Min(options.Limit, train.Count)));

    /// <summary>
    /// Excludes the examples of some classes from all parts. The other examples keep their labels, and all classes their names, so
    /// that metrics with and without them can be compared.
    /// </summary>
    /// <exception cref="VaeException">A class is unknown, or no training example is left.</exception>
    public static DataSplit ExcludeClasses(DataSplit split, ValueList<string> classes)
    {
        if (classes.Count == 0)
            return split;
        var train = split.Train;
        if (!train.HasLabels)
            throw new VaeException($"data.excludedClasses: must be empty for {train.Name}, which has no labels, "
                + $"got {string.Join(", ", classes)}");
        if (classes.FirstOrDefault(name => !train.Classes.Contains(name)) is { } unknown)
            throw new VaeException(
                $"data.excludedClasses: must name classes of {train.Name}, which are {string.Join(", ", train.Classes)}, got {unknown}");
        var left = split with { Train = Rest(train), Validation = Rest(split.Validation), Test = Rest(split.Test) };
        return left.Train.Count > 0 ? left
            : throw new VaeException($"data.excludedClasses: must leave training items of {train.Name}, got {string.Join(", ", classes)}");

        Dataset Rest(Dataset part) =>
            part.Take([.. Enumerable.Range(0, part.Count).Where(i => !classes.Contains(part.Classes[part.Labels.Span[i]]))]);
    }

    /// <summary>The indices of the three parts of <paramref name="count"/> examples; <paramref name="name"/> is for messages.</summary>
    internal static (int[] Train, int[] Validation, int[] Test) Indices(string name, int count, double validation, double test, ulong seed)
    {
        CheckFraction("data.validation", validation);
        CheckFraction("data.test", test);
        var tested = (int)Math.Round(test * count);
        var validated = (int)Math.Round(validation * count);
        if (tested + validated >= count)
            throw new VaeException(
                $"{name}: must leave items to train on, got {count} items for validation {validation} and test {test}");
        var order = Permutation(seed, count);
        return (order[(tested + validated)..], order[tested..(tested + validated)], order[..tested]);
    }

    /// <summary>0 … count − 1 in an order that depends on seed and count only; Fisher and Yates.</summary>
    public static int[] Permutation(ulong seed, int count)
    {
        var order = new int[count];
        var random = KeyedRandom.FromSeed(seed);
        for (var i = 0; i < count; i++)
        {
            var j = random.Below(i + 1, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static void CheckFraction(string path, double fraction)
    {
        if (!(fraction is >= 0 and < 1))
            throw new VaeException($"{path}: must be at least 0 and below 1, got {fraction}");
    }
}
