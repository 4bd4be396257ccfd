using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>
/// Names for examples that depend on their content alone, so that an example is found again wherever it stands in a file.
/// </summary>
internal static class RowKeys
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>A key for each example: of its values, label and condition, and of how many equal ones stand before it.</summary>
    public static ulong[] Of(Dataset data)
    {
        var keys = new ulong[data.Count];
        var seen = new Dictionary<ulong, int>();
        var row = new float[data.ItemSize];
        for (var i = 0; i < keys.Length; i++)
        {
            data.Pixels.CopyTo((long)i * row.Length, row);
            var key = Hash(data.Labels.IsEmpty ? 0 : (ulong)data.Labels.Span[i] + 1, MemoryMarshal.Cast<float, uint>(row));
            key = Hash(key, MemoryMarshal.Cast<float, uint>(data.ConditionValues.Span.Slice(i * data.ConditionWidth, data.ConditionWidth)));
            CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out _)++;
            keys[i] = Mix(key + (ulong)(seen[key] - 1) * Prime);
        }
        return keys;
    }

    /// <summary>A hash of all keys in any order.</summary>
    public static string Digest(ulong[] keys)
    {
        var sorted = (ulong[])keys.Clone();
        Array.Sort(sorted);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(sorted.AsSpan())));
    }

    private static ulong Hash(ulong start, ReadOnlySpan<uint> words)
    {
        foreach (var word in words)
            start = Mix((start ^ word) + Prime);
        return start;
    }

    // Two rounds of the finalizer of SplitMix64: Steele et al. 2014.
    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
