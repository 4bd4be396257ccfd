namespace Vae;

/// <summary>
/// P parameters for each value, in the layout of a decoder's outputs: [P·C, …], first those of the first parameter, then those of the
/// next.
/// </summary>
internal static class OutputBlocks
{
    /// <summary>The shape of the outputs. [C, …] → [P·C, …].</summary>
    public static Shape Times(Shape input, long parameters) =>
        input.WithChannels((int)Math.Clamp(input.Channels * parameters, 0, int.MaxValue));

    /// <summary>One parameter of each value. [B, P·C, …] → [B, C, …].</summary>
    public static T Block<T>(T outputs, int which, int parameters) where T : struct, ITensor<T>
    {
        var size = outputs.Dims[1] / parameters;
        return T.Slice(outputs, 1, which * size, size);
    }

    /// <summary>Gives the parameters an axis of their own. [B, P·C, …] → [B, P, C, …].</summary>
    public static T Split<T>(T outputs, int parameters) where T : struct, ITensor<T> =>
        T.Reshape(outputs, [outputs.Dims[0], parameters, outputs.Dims[1] / parameters, .. outputs.Dims.Skip(2)]);

    /// <summary>One position of axis 1, which is removed. [B, P, C, …] → [B, C, …].</summary>
    public static T Level<T>(T split, int which) where T : struct, ITensor<T> =>
        T.Reshape(T.Slice(split, 1, which, 1), [split.Dims[0], .. split.Dims.Skip(2)]);

    /// <summary>Inserts an axis to broadcast over. [B, C, …] → [B, 1, C, …].</summary>
    public static T Apart<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, [x.Dims[0], 1, .. x.Dims.Skip(1)]);

    /// <summary>first, first + step, … along axis 1, [1, count, 1, …] with as many axes as <paramref name="like"/>.</summary>
    public static T Ladder<T>(T like, int count, double first, double step) where T : struct, ITensor<T> =>
        T.Constant(
            like, [.. Enumerable.Range(0, count).Select(i => first + step * i)],
            [.. like.Dims.Select((_, axis) => axis == 1 ? count : 1)]);
}
