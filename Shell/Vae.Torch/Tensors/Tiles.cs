using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vae.Torch;

/// <summary>The first value of a matrix in memory, and how many values lie between the beginnings of its rows.</summary>
internal readonly unsafe struct Strided(float* at, nint step)
{
    /// <summary>Its first value.</summary>
    public readonly float* At = at;

    /// <summary>Values between the beginnings of rows.</summary>
    public readonly nint Step = step;
}

/// <summary>Products of ten rows by 32 or 16 columns whose sums stay in registers, and transposition of 16 by 16 values.</summary>
internal static unsafe class Tiles
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 10;

    /// <summary>Values of a vector.</summary>
    public const int Lanes = 16;

    /// <summary>Columns of a wide tile.</summary>
    public const int Wide = 2 * Lanes;

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool AreSupported => Avx512F.IsSupported && Vector512.IsHardwareAccelerated;

    // In four passes, bit h of a lane changes places with bit h of the row: which lanes of two rows form the new ones.
    private static readonly Vector512<int>[] Lows = [.. new[] { 8, 4, 2, 1 }.Select(h => Lane(e => (e & h) == 0 ? e : (e ^ h) + Lanes))];
    private static readonly Vector512<int>[] Highs = [.. new[] { 8, 4, 2, 1 }.Select(h => Lane(e => (e & h) == 0 ? e | h : e + Lanes))];

    /// <summary>c[i, j] = bias[j] + Σₖ a[k, i]·b[k, j] for ten rows i and 32 columns j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product32(Strided of, Strided by, Strided into, int inner, float* bias = null)
    {
        float* a = of.At, b = by.At, c = into.At;
        nint aStep = of.Step, bStep = by.Step, cStep = into.Step;
        var c0 = bias is null ? default : Vector512.Load(bias);
        var d0 = bias is null ? default : Vector512.Load(bias + Lanes);
        Vector512<float> c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0;
        Vector512<float> d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0, d6 = d0, d7 = d0, d8 = d0, d9 = d0;
        for (; inner > 0; inner--, a += aStep, b += bStep)
        {
            var left = Vector512.Load(b);
            var right = Vector512.Load(b + Lanes);
            var a0 = Vector512.Create(a[0]);
            c0 = Avx512F.FusedMultiplyAdd(a0, left, c0);
            d0 = Avx512F.FusedMultiplyAdd(a0, right, d0);
            var a1 = Vector512.Create(a[1]);
            c1 = Avx512F.FusedMultiplyAdd(a1, left, c1);
            d1 = Avx512F.FusedMultiplyAdd(a1, right, d1);
            var a2 = Vector512.Create(a[2]);
            c2 = Avx512F.FusedMultiplyAdd(a2, left, c2);
            d2 = Avx512F.FusedMultiplyAdd(a2, right, d2);
            var a3 = Vector512.Create(a[3]);
            c3 = Avx512F.FusedMultiplyAdd(a3, left, c3);
            d3 = Avx512F.FusedMultiplyAdd(a3, right, d3);
            var a4 = Vector512.Create(a[4]);
            c4 = Avx512F.FusedMultiplyAdd(a4, left, c4);
            d4 = Avx512F.FusedMultiplyAdd(a4, right, d4);
            var a5 = Vector512.Create(a[5]);
            c5 = Avx512F.FusedMultiplyAdd(a5, left, c5);
            d5 = Avx512F.FusedMultiplyAdd(a5, right, d5);
            var a6 = Vector512.Create(a[6]);
            c6 = Avx512F.FusedMultiplyAdd(a6, left, c6);
            d6 = Avx512F.FusedMultiplyAdd(a6, right, d6);
            var a7 = Vector512.Create(a[7]);
            c7 = Avx512F.FusedMultiplyAdd(a7, left, c7);
            d7 = Avx512F.FusedMultiplyAdd(a7, right, d7);
            var a8 = Vector512.Create(a[8]);
            c8 = Avx512F.FusedMultiplyAdd(a8, left, c8);
            d8 = Avx512F.FusedMultiplyAdd(a8, right, d8);
            var a9 = Vector512.Create(a[9]);
            c9 = Avx512F.FusedMultiplyAdd(a9, left, c9);
            d9 = Avx512F.FusedMultiplyAdd(a9, right, d9);
        }
        c0.Store(c);
        d0.Store(c + Lanes);
        c += cStep;
        c1.Store(c);
        d1.Store(c + Lanes);
        c += cStep;
        c2.Store(c);
        d2.Store(c + Lanes);
        c += cStep;
        c3.Store(c);
        d3.Store(c + Lanes);
        c += cStep;
        c4.Store(c);
        d4.Store(c + Lanes);
        c += cStep;
        c5.Store(c);
        d5.Store(c + Lanes);
        c += cStep;
        c6.Store(c);
        d6.Store(c + Lanes);
        c += cStep;
        c7.Store(c);
        d7.Store(c + Lanes);
        c += cStep;
        c8.Store(c);
        d8.Store(c + Lanes);
        c += cStep;
        c9.Store(c);
        d9.Store(c + Lanes);
    }

    /// <summary>The same for 16 columns, without bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Product16(Strided of, Strided by, Strided into, int inner)
    {
        float* a = of.At, b = by.At, c = into.At;
        nint aStep = of.Step, bStep = by.Step, cStep = into.Step;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default, c6 = default, c7 = default;
        Vector512<float> c8 = default, c9 = default;
        for (; inner > 0; inner--, a += aStep, b += bStep)
        {
            var row = Vector512.Load(b);
            c0 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[0]), row, c0);
            c1 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[1]), row, c1);
            c2 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[2]), row, c2);
            c3 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[3]), row, c3);
            c4 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[4]), row, c4);
            c5 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[5]), row, c5);
            c6 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[6]), row, c6);
            c7 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[7]), row, c7);
            c8 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[8]), row, c8);
            c9 = Avx512F.FusedMultiplyAdd(Vector512.Create(a[9]), row, c9);
        }
        c0.Store(c);
        c += cStep;
        c1.Store(c);
        c += cStep;
        c2.Store(c);
        c += cStep;
        c3.Store(c);
        c += cStep;
        c4.Store(c);
        c += cStep;
        c5.Store(c);
        c += cStep;
        c6.Store(c);
        c += cStep;
        c7.Store(c);
        c += cStep;
        c8.Store(c);
        c += cStep;
        c9.Store(c);
    }

    /// <summary>b[j, i] = a[i, j] for 16 rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void Transpose(float* a, nint aStep, float* b, nint bStep)
    {
        var between = stackalloc float[Lanes * Lanes];
        for (var i = 0; i < 4; i++)
            TwoPasses(0, a + i * aStep, 4 * aStep, between + i * Lanes, 4 * Lanes);
        for (var i = 0; i < 4; i++)
            TwoPasses(2, between + i * 4 * Lanes, Lanes, b + i * 4 * bStep, bStep);
    }

    // Of four rows, whose numbers differ in the bits of the two passes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoPasses(int pass, float* a, nint aStep, float* b, nint bStep)
    {
        Vector512<int> low = Lows[pass], high = Highs[pass], nextLow = Lows[pass + 1], nextHigh = Highs[pass + 1];
        Vector512<float> a0 = Vector512.Load(a), a1 = Vector512.Load(a + aStep);
        Vector512<float> a2 = Vector512.Load(a + 2 * aStep), a3 = Vector512.Load(a + 3 * aStep);
        var b0 = Avx512F.PermuteVar16x32x2(a0, low, a2);
        var b1 = Avx512F.PermuteVar16x32x2(a1, low, a3);
        var b2 = Avx512F.PermuteVar16x32x2(a0, high, a2);
        var b3 = Avx512F.PermuteVar16x32x2(a1, high, a3);
        Avx512F.PermuteVar16x32x2(b0, nextLow, b1).Store(b);
        Avx512F.PermuteVar16x32x2(b0, nextHigh, b1).Store(b + bStep);
        Avx512F.PermuteVar16x32x2(b2, nextLow, b3).Store(b + 2 * bStep);
        Avx512F.PermuteVar16x32x2(b2, nextHigh, b3).Store(b + 3 * bStep);
    }

    private static Vector512<int> Lane(Func<int, int> from) => Vector512.Create([.. Enumerable.Range(0, Lanes).Select(from)]);
}
