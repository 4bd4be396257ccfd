namespace Vae.Torch;

/// <summary>Chooses the examples of each part by a rule.</summary>
internal static class PartChoices
{
    /// <summary>
    /// The indices of the parts. Validation and test are fractions of all examples, up to whole examples or groups; each part is in the
    /// order of the shuffle.
    /// </summary>
    /// <param name="all">All examples.</param>
    /// <param name="options">Rule, fractions and seed.</param>
    /// <param name="texts">A text for each example, for a rule that reads them.</param>
    public static PartIndices Choose(Dataset all, DataOptions options, string[] texts) => options.Split.Match(
        given: rule => Rest(all, options, SplitTexts.Named(rule, texts)),
        grouped: _ => Grouped(all, options, texts),
        shuffled: _ => Shuffled(all, options),
        stratified: _ => Stratified(all, options));

    private static PartIndices Shuffled(Dataset all, DataOptions options)
    {
        if (options is { Validation: 0, Test: 0 })
            return new([.. Enumerable.Range(0, all.Count)], [], []);
        var (train, validation, test) = Splits.Indices(all.Name, all.Count, options.Validation, options.Test, options.Seed);
        return new(train, validation, test);
    }

    private static PartIndices Stratified(Dataset all, DataOptions options)
    {
        if (!all.HasLabels)
            throw new VaeException($"data.split: must not be stratified for {all.Name}, which has no labels, got stratified");
        var (part, order) = (new int[all.Count], Splits.Permutation(options.Seed, all.Count));
        // Shares are rounded over all labels so far, so that their sums are the fractions of the whole.
        var (seen, tested, validated) = (0, 0, 0);
        foreach (var label in order.GroupBy(i => all.Labels.Span[i]).OrderBy(label => label.Key))
        {
            var rows = label.ToArray();
            seen += rows.Length;
            var test = (int)Math.Round(options.Test * seen) - tested;
            var validation = (int)Math.Round(options.Validation * seen) - validated;
            for (var i = 0; i < rows.Length; i++)
                part[rows[i]] = i < test ? 2 : i < test + validation ? 1 : 0;
            (tested, validated) = (tested + test, validated + validation);
        }
        return InOrder(all, options, order, part);
    }

    private static PartIndices Grouped(Dataset all, DataOptions options, string[] texts)
    {
        var groups = Enumerable.Range(0, texts.Length).GroupBy(i => texts[i], StringComparer.Ordinal)
            .Select(group => group.ToArray()).ToList();
        var part = new int[all.Count];
        double test = options.Test * all.Count, validation = options.Validation * all.Count;
        var (tested, validated) = (0, 0);
        foreach (var group in Splits.Permutation(options.Seed, groups.Count).Select(i => groups[i]))
        {
            // A group goes to a part that it brings nearer to its size.
            var to = group.Length < 2 * (test - tested) ? 2 : group.Length < 2 * (validation - validated) ? 1 : 0;
            (tested, validated) = (tested + (to == 2 ? group.Length : 0), validated + (to == 1 ? group.Length : 0));
            foreach (var row in group)
                part[row] = to;
        }
        return InOrder(all, options, Splits.Permutation(options.Seed, all.Count), part);
    }

    private static PartIndices InOrder(Dataset all, DataOptions options, int[] order, int[] part)
    {
        int[] Of(int which) => Array.FindAll(order, i => part[i] == which);
        var parts = new PartIndices(Of(0), Of(1), Of(2));
        string[] empty = [
            .. parts.Train.Length == 0 ? (string[])["training"] : [],
            .. options.Validation > 0 && parts.Validation.Length == 0 ? (string[])["validation"] : [],
            .. options.Test > 0 && parts.Test.Length == 0 ? (string[])["test"] : []];
        return empty.Length == 0 ? parts
            : throw new VaeException($"{all.Name}: must have enough examples or groups for each part, "
                + $"got none for {string.Join(" and ", empty)}");
    }

    // Parts that no text names are taken from the training examples.
    private static PartIndices Rest(Dataset all, DataOptions options, PartIndices named)
    {
        var test = named.Test.Length > 0 ? 0 : options.Test;
        var validation = named.Validation.Length > 0 ? 0 : options.Validation;
        if (test == 0 && validation == 0)
            return named;
        var taken = Splits.Indices(all.Name, named.Train.Length, validation, test, options.Seed);
        int[] Places(int[] of) => Array.ConvertAll(of, i => named.Train[i]);
        return new(Places(taken.Train), named.Validation.Length > 0 ? named.Validation : Places(taken.Validation),
            named.Test.Length > 0 ? named.Test : Places(taken.Test));
    }
}
