namespace Vae.Tests;

/// <summary>
/// A random formula over any tensor type: the choices depend on a seed and on dimensions only, so that all types compute the same.
/// </summary>
internal sealed class RandomFormulas(int seed, int length)
{
    private const int MaxSize = 240;

    private Random random = new(seed);

    /// <summary>The dimensions of the inputs.</summary>
    public int[][] Inputs { get; } = [[4, 6], [6], [2, 6], [4, 1], []];

    /// <summary>All values of the formula for some inputs.</summary>
    /// <param name="inputs">Tensors of <see cref="Inputs"/>.</param>
    /// <param name="repeat">Repeats all rows.</param>
    public List<T> Values<T>(T[] inputs, Func<T, int, T> repeat) where T : struct, ITensor<T>
    {
        random = new(seed);
        List<T> known = [.. inputs];
        while (known.Count < inputs.Length + length)
            if (Next(known, repeat) is { } next && Indexing.Size(next.Dims) is > 0 and <= MaxSize)
                known.Add(next);
        return known;
    }

    private T? Next<T>(List<T> known, Func<T, int, T> repeat) where T : struct, ITensor<T>
    {
        // Recent values more often, so that formulas become deep.
        T Pick() => known[Math.Max(random.Next(known.Count), random.Next(known.Count))];
        var (x, y, kind) = (Pick(), Pick(), random.Next(31));
        return kind switch
        {
            0 => T.Exp(T.Tanh(x)),
            1 => T.Log(T.Square(x) + 1.0),
            2 => T.Log1p(T.Square(x)),
            3 => T.Sqrt(T.Square(x) + 0.5),
            4 => T.Square(x),
            5 => T.Abs(x),
            6 => T.Sign(x) * x,
            7 => T.Tanh(x),
            8 => T.Sigmoid(x),
            9 => 1.0 - T.Sigmoid(x),
            10 => T.LogSigmoid(x),
            11 => 0.5 * x - 0.3,
            12 => 2.0 / (T.Square(x) + 1.0),
            13 => T.StopGradient(x) * 0.7,
            14 => -x,
            30 => T.SoftClamp(x, -0.6, 0.9),
            15 or 16 or 17 or 18 or 19 or 20 => Binary(kind, x, y),
            _ => x.Dims.Length == 0 ? null : Shaped(kind, x, y, repeat),
        };
    }

    private static T? Binary<T>(int kind, T x, T y) where T : struct, ITensor<T>
    {
        if (!Broadcasts(x.Dims, y.Dims))
            return null;
        return kind switch
        {
            15 => x + y,
            16 => x - y,
            17 => T.Tanh(x) * y,
            18 => x / (T.Square(y) + 1.0),
            19 => T.Exp(T.Tanh(x)) * T.Exp(T.Tanh(y)),
            _ => 0.4 * x * T.Sigmoid(y) + 0.3 * y,
        };
    }

    private T? Shaped<T>(int kind, T x, T y, Func<T, int, T> repeat) where T : struct, ITensor<T>
    {
        var (dims, axis) = (x.Dims, random.Next(x.Dims.Length));
        var length = dims[axis];
        return kind switch
        {
            21 => T.Sum(x, axis),
            22 => T.SumEvent(x),
            23 => T.LogSumExp(x, axis),
            24 => dims.Length == 2 ? T.Transpose(x) : T.Reshape(x, [1, .. dims]),
            25 => Reshaped(x),
            26 => Part(x, axis, random.Next(length), random.Next(1, 4)),
            27 => Joined(x, y, axis),
            28 => dims.Length == 2 ? Product(x, y) : null,
            _ => random.Next(3) == 0 ? T.OneHotArgMax(x, axis) * 0.5 + x : repeat(x, random.Next(2, 4)),
        };
    }

    private static T? Part<T>(T x, int axis, int start, int length) where T : struct, ITensor<T> =>
        T.Slice(x, axis, start, Math.Min(length, x.Dims[axis] - start));

    private T? Reshaped<T>(T x) where T : struct, ITensor<T>
    {
        var size = Indexing.Size(x.Dims);
        var rows = Enumerable.Range(1, size).Where(n => size % n == 0).ToArray();
        var count = rows[random.Next(rows.Length)];
        return random.Next(3) switch
        {
            0 => T.Reshape(x, count, size / count),
            1 => T.Reshape(x, size),
            _ => T.Reshape(x, [.. x.Dims, 1]),
        };
    }

    private static T? Joined<T>(T x, T y, int axis) where T : struct, ITensor<T> =>
        x.Dims.Length == y.Dims.Length && x.Dims.Zip(y.Dims).Select((pair, i) => i == axis || pair.First == pair.Second).All(same => same)
            ? T.Concat(x, y, axis) : T.Concat(x, 2.0 * x, axis);

    private static T? Product<T>(T x, T y) where T : struct, ITensor<T> =>
        y.Dims.Length == 2 && y.Dims[0] == x.Dims[1] ? T.MatMul(x, T.Tanh(y)) : T.MatMul(T.Tanh(x), T.Transpose(x));

    private static bool Broadcasts(int[] a, int[] b)
    {
        for (var i = 1; i <= Math.Min(a.Length, b.Length); i++)
            if (a[^i] != b[^i] && a[^i] != 1 && b[^i] != 1)
                return false;
        return true;
    }
}
