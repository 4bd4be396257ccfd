using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>A type in which a MAT file stores numbers.</summary>
/// <param name="Size">Number of bytes of one number.</param>
/// <param name="Convert">Converts numbers in this machine's order of bytes to float32.</param>
internal sealed record MatType(int Size, Action<ReadOnlySpan<byte>, Span<float>> Convert);

/// <summary>The types of elements of a MAT file; MathWorks, MAT-File Format, table 1-1.</summary>
internal static class MatTypes
{
    public const int Int8 = 1, Int32 = 5, UInt32 = 6, Matrix = 14, Compressed = 15;

    private static readonly Dictionary<int, MatType> Numbers = new()
    {
        [Int8] = Of<sbyte>(),
        [2] = Of<byte>(),
        [3] = Of<short>(),
        [4] = Of<ushort>(),
        [Int32] = Of<int>(),
        [UInt32] = Of<uint>(),
        [7] = Of<float>(),
        [9] = Of<double>(),
        [12] = Of<long>(),
        [13] = Of<ulong>(),
    };

    /// <summary>A type of numbers; null for another.</summary>
    public static MatType? OfNumbers(int type) => Numbers.GetValueOrDefault(type);

    private static MatType Of<T>() where T : unmanaged, INumberBase<T> => new(Unsafe.SizeOf<T>(), (bytes, values) =>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < numbers.Length; i++)
            values[i] = float.CreateTruncating(numbers[i]);
    });
}
