namespace Vae.Torch;

/// <summary>The three parts of a run's data; validation may be empty, training never is.</summary>
public sealed record DataSplit(Dataset Train, Dataset Validation, Dataset Test);

/// <summary>Divides sets by a shuffle that is a function of the seed alone.</summary>
public static class Splits
{
    /// <summary>
    /// Validation is taken from <paramref name="all"/>, and test too: fractions of all items, at least 0, together below 1, rounded to whole items.
    /// </summary>
    public static DataSplit Divide(Dataset all, double validation, double test, ulong seed)
    {
        CheckFraction("data.validation", validation);
        CheckFraction("data.test", test);
        var order = Permutation(seed, all.Count);
        var tested = (int)Math.Round(test * all.Count);
        var validated = (int)Math.Round(validation * all.Count);
        if (tested + validated >= all.Count)
            throw new VaeException($"{all.Name}: must leave items to train on, got {all.Count} items for validation {validation} and test {test}");
        return new(
            all.Take(order.AsSpan(tested + validated)),
            all.Take(order.AsSpan(tested, validated)),
            all.Take(order.AsSpan(0, tested)));
    }

    /// <summary>Validation is taken from the training set, whose order becomes that of the shuffle; the set's own test part stays as it is.</summary>
    public static DataSplit Divide(Dataset train, Dataset test, double validation, ulong seed) =>
        Divide(train, validation, 0, seed) with { Test = test };

    /// <summary>0..count-1 in an order that depends on seed and count alone; Fisher and Yates, with SplitMix64 (Steele et al. 2014) as the source.</summary>
    public static int[] Permutation(ulong seed, int count)
    {
        var order = new int[count];
        var state = seed;
        for (var i = 0; i < count; i++)
        {
            // The high half of a product is unbiased to within count / 2^64.
            var j = (int)Math.BigMul(Next(ref state), (ulong)i + 1, out _);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static ulong Next(ref ulong state)
    {
        var z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private static void CheckFraction(string path, double fraction)
    {
        if (!(fraction is >= 0 and < 1))
            throw new VaeException($"{path}: must be at least 0 and below 1, got {fraction}");
    }
}
