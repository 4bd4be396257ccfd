using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The rows with missing values among some of a batch. Noise is drawn for all of those and then picked, so that a row is imputed alike
/// whether its neighbours have missing values or not.
/// </summary>
internal sealed class ImputationRows
{
    /// <param name="observed">1 for an observed value, 0 for a missing one, [B, ...].</param>
    /// <param name="first">The first row to look at.</param>
    /// <param name="all">Number of rows to look at.</param>
    public ImputationRows(Tensor observed, long first, long all)
    {
        (First, All) = (first, all);
        var complete = observed.narrow(0, first, all).flatten(1).amin([1L]).ToFloats();
        Numbers = [.. Enumerable.Range(0, (int)all).Where(i => complete[i] <= 0.5f).Select(i => (long)i)];
        Index = tensor(Numbers, ScalarType.Int64, observed.device);
    }

    /// <summary>The first row that was looked at.</summary>
    public long First { get; }

    /// <summary>Number of rows that were looked at.</summary>
    public long All { get; }

    /// <summary>Number of rows with missing values.</summary>
    public int Count => Numbers.Length;

    /// <summary>Rows with missing values, counted from the first that was looked at.</summary>
    public long[] Numbers { get; }

    /// <summary>The numbers as a tensor, int64.</summary>
    public Tensor Index { get; }

    /// <summary>These rows of a whole batch. [B, ...] → [Count, ...].</summary>
    public Tensor Of(Tensor batch) => batch.narrow(0, First, All).index_select(0, Index);

    /// <summary>These rows of all that were looked at. [All, ...] → [Count, ...].</summary>
    public NdArray Of(NdArray all)
    {
        var (values, size) = (all.ToArray(), all.Dims.Skip(1).Aggregate(1, (product, dim) => product * dim));
        return NdArray.FromValues([.. Numbers.SelectMany(row => values.Skip((int)row * size).Take(size))], [Count, .. all.Dims.Skip(1)]);
    }
}
