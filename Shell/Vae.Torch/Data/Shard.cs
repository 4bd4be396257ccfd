namespace Vae.Torch;

/// <summary>A part of every batch: consecutive examples, divided as equally as their number allows.</summary>
/// <param name="Number">The number of the shard, from 0.</param>
/// <param name="Of">Number of shards of a batch; at least 1.</param>
internal readonly record struct Shard(int Number, int Of)
{
    /// <summary>A batch that is not divided.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>The first row and the number of rows in a batch of <paramref name="count"/>; none if it has fewer than shards.</summary>
    public (long First, long Count) Rows(long count)
    {
        var first = Number * count / Of;
        return (first, (Number + 1) * count / Of - first);
    }

    /// <summary>The key of the shard's noise at a step: with one shard the step itself.</summary>
    public long Key(long step) => step * Of + Number;
}
