using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vae.Torch;

/// <summary>The 32-bit numbers of a page's graphs, one after the other; equal tensors are stored once.</summary>
internal sealed class PageWeights
{
    // 200 MB, of which browsers hold several copies while a page loads.
    private const int MaxNumbers = 50_000_000;

    private readonly MemoryStream numbers = new();
    private readonly Dictionary<string, int> known = [];

    /// <summary>The index at which a tensor's numbers begin.</summary>
    public int Add(ReadOnlySpan<byte> tensor)
    {
        var key = Convert.ToHexString(SHA256.HashData(tensor));
        if (known.TryGetValue(key, out var at))
            return at;
        at = (int)(numbers.Length / sizeof(float));
        VaeException.Require(at + tensor.Length / sizeof(float) <= MaxNumbers, "model.decoder",
            $"must have at most {MaxNumbers} numbers for a page that a browser loads", "more");
        numbers.Write(tensor);
        return known[key] = at;
    }

    /// <summary>All numbers as text, little-endian.</summary>
    public string ToBase64() => Convert.ToBase64String(numbers.GetBuffer(), 0, (int)numbers.Length);

    /// <summary>Numbers as text, little-endian.</summary>
    public static string ToBase64(ReadOnlySpan<float> values) => Convert.ToBase64String(MemoryMarshal.AsBytes(values));
}
