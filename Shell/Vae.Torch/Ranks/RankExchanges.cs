using System.Runtime.InteropServices;
using System.Text;

namespace Vae.Torch;

/// <summary>Exchanges of values and of errors between ranks.</summary>
internal static unsafe class RankExchanges
{
    private const int MaxMessage = 2048;

    /// <summary>The value of rank 0.</summary>
    public static T Agreed<T>(this RankGroup ranks, T own) where T : unmanaged
    {
        if (ranks.Count > 1)
            ranks.Broadcast((nint)(&own), sizeof(T));
        return own;
    }

    /// <summary>The values of all ranks, in the order of the ranks; all ranks give the same number.</summary>
    public static T[] Gathered<T>(this RankGroup ranks, params ReadOnlySpan<T> own) where T : unmanaged
    {
        var all = new T[own.Length * ranks.Count];
        if (own.Length > 0)
            fixed (T* from = own, into = all)
                ranks.AllGather((nint)from, (nint)into, checked(own.Length * sizeof(T)));
        return all;
    }

    /// <summary>Waits until all ranks have called it.</summary>
    public static void Wait(this RankGroup ranks)
    {
        if (ranks.Count > 1)
            ranks.Gathered<byte>(0);
    }

    /// <summary>
    /// Calls a function on every rank. If it throws on any, every rank throws, with the message of the first that failed: no rank waits
    /// for one that is gone.
    /// </summary>
    /// <exception cref="VaeException">The function threw on one of several ranks; the message says on which, unless it did on all.</exception>
    public static T Together<T>(this RankGroup ranks, Func<T> call)
    {
        if (ranks.Count == 1)
            return call();
        T? result = default;
        Exception? thrown = null;
        try
        {
            result = call();
        }
        catch (Exception e)
        {
            thrown = e;
        }
        var texts = Texts(ranks, thrown is null ? "" : NativeErrors.Explain(thrown)?.Message ?? $"{thrown.GetType().Name}: {thrown.Message}");
        var first = Array.FindIndex(texts, text => text.Length > 0);
        return first < 0 ? result!
            : throw new VaeException(texts.All(text => text == texts[first]) ? texts[first] : $"rank {first}: {texts[first]}", thrown!)
            {
                IsOfAllRanks = true,
            };
    }

    /// <summary>Calls an action on every rank; see <see cref="Together{T}"/>.</summary>
    public static void Together(this RankGroup ranks, Action call) => ranks.Together(() =>
    {
        call();
        return true;
    });

    /// <summary>
    /// The values of all batches in their order, each of any length, where rank r has those of the batches r, r + R, r + 2R, …
    /// </summary>
    public static double[][] InOrder(this RankGroup ranks, IReadOnlyList<double[]> own)
    {
        if (ranks.Count == 1)
            return [.. own];
        var flat = own.SelectMany(values => values.Prepend(values.Length)).ToArray();
        var lengths = ranks.Gathered(flat.Length);
        var width = lengths.Max();
        var all = ranks.Gathered<double>([.. flat, .. new double[width - flat.Length]]);
        var parts = lengths.Select((length, rank) => Parts(all.AsSpan(rank * width, length))).ToArray();
        return [.. Enumerable.Range(0, parts.Sum(part => part.Count)).Select(i => parts[i % ranks.Count][i / ranks.Count])];
    }

    private static List<double[]> Parts(ReadOnlySpan<double> flat)
    {
        var parts = new List<double[]>();
        for (var at = 0; at < flat.Length; at += parts[^1].Length + 1)
            parts.Add(flat.Slice(at + 1, (int)flat[at]).ToArray());
        return parts;
    }

    /// <summary>Texts of all ranks, each cut after <see cref="MaxMessage"/> bytes.</summary>
    public static string[] Texts(this RankGroup ranks, string own)
    {
        var bytes = Encoding.UTF8.GetBytes(own);
        var padded = new byte[MaxMessage];
        bytes.AsSpan(0, Math.Min(bytes.Length, MaxMessage)).CopyTo(padded);
        var all = ranks.Gathered<byte>(padded);
        return [.. Enumerable.Range(0, ranks.Count).Select(rank =>
            Encoding.UTF8.GetString(all.AsSpan(rank * MaxMessage, MaxMessage)).TrimEnd('\0'))];
    }
}
