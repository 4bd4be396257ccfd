using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>Functions of 16 values.</summary>
internal static unsafe class Elements
{
    /// <summary>
    /// exp x, within 2 units in the last place, between −87 and 88: 2ⁿ·exp r with |r| ≤ ½ ln 2, by the polynomial of the Cephes library.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.Clamp(x, Vector512.Create(-87f), Vector512.Create(88f));
        var n = Avx512F.RoundScale(x * 1.44269504f, 0);
        // ln 2 in two parts, the first of which times n is exact.
        var r = Fma(n, Vector512.Create(-0.693359375f), x);
        r = Fma(n, Vector512.Create(2.12194440e-4f), r);
        var p = Fma(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Fma(p, r, Vector512.Create(8.3334519073e-3f));
        p = Fma(p, r, Vector512.Create(4.1665795894e-2f));
        p = Fma(p, r, Vector512.Create(1.6666665459e-1f));
        p = Fma(p, r, Vector512.Create(5.0000001201e-1f));
        return Avx512F.Scale(Fma(p, r * r, r) + Vector512<float>.One, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Avx512F.FusedMultiplyAdd(a, b, c);
}
