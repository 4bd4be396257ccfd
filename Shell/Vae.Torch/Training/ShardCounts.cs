using System.Numerics;

namespace Vae.Torch;

/// <summary>Which numbers of ranks can compute the shards of a run.</summary>
internal static class ShardCounts
{
    /// <summary>
    /// The numbers of ranks that add the shards in the same order: one, and those at which every rank has 1, 2, 4, … shards, a subtree of
    /// the sum.
    /// </summary>
    public static ValueList<int> Possible(int shards) => ValueList.From(Enumerable.Range(1, shards)
        .Where(ranks => ranks == 1 || shards % ranks == 0 && BitOperations.IsPow2(shards / ranks)));

    /// <summary>Checks a number of ranks.</summary>
    /// <exception cref="VaeException">The number cannot compute the shards.</exception>
    public static void Require(int shards, int ranks)
    {
        var possible = Possible(shards);
        if (!possible.Contains(ranks))
            throw new VaeException($"ranks: must be {Text(possible)} with train.shards {shards}"
                + $"{(shards == 1 ? $" (train with train.shards={ranks})" : "")}, got {ranks}");
    }

    private static string Text(ValueList<int> numbers) =>
        numbers.Count == 1 ? $"{numbers[0]}" : $"{string.Join(", ", numbers.Take(numbers.Count - 1))} or {numbers[^1]}";
}
