namespace Vae;

/// <summary>Splits and joins z = (z₁ … z_L).</summary>
internal static class LatentBlocks
{
    /// <summary>Splits z by stochastic layer. [B, D] → [B, Dₗ] of each.</summary>
    public static T[] Split<T>(T z, ValueList<Shape> latents) where T : struct, ITensor<T>
    {
        var (blocks, start) = (new T[latents.Count], 0);
        for (var level = 0; level < blocks.Length; start += (int)latents[level++].Size)
            blocks[level] = T.Slice(z, 1, start, (int)latents[level].Size);
        return blocks;
    }

    /// <summary>Joins the z of all stochastic layers. [B, Dₗ] of each → [B, D].</summary>
    public static T Join<T>(T[] levels) where T : struct, ITensor<T> => levels.Aggregate((joined, next) => T.Concat(joined, next, 1));

    /// <summary>Joins one number of each stochastic layer. [B] of each → [B, L].</summary>
    public static T Columns<T>(T[] levels) where T : struct, ITensor<T> =>
        Join([.. levels.Select(level => T.Reshape(level, level.Dims[0], 1))]);
}
