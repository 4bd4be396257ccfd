namespace Vae;

/// <summary>Which values of an example are observed: 1 where one is, 0 where it is missing.</summary>
public static class Masks
{
    /// <summary>Columns before ⌊width/2⌋ of an image are missing. [1, C, H, W].</summary>
    public static NdArray HideLeft(Shape image) => Hide(image, (_, left) => left);

    /// <summary>Columns from ⌊width/2⌋ on are missing. [1, C, H, W].</summary>
    public static NdArray HideRight(Shape image) => Hide(image, (_, left) => !left);

    /// <summary>Rows before ⌊height/2⌋ are missing. [1, C, H, W].</summary>
    public static NdArray HideUpper(Shape image) => Hide(image, (upper, _) => upper);

    /// <summary>Rows from ⌊height/2⌋ on are missing. [1, C, H, W].</summary>
    public static NdArray HideLower(Shape image) => Hide(image, (upper, _) => !upper);

    /// <summary>Each pixel is missing with a probability, all its channels with it, as is each value of a vector. [count, ...]; count ≥ 1.</summary>
    public static NdArray Random(Shape input, int count, double missing, KeyedRandom noise)
    {
        if (count < 1)
            throw new ArgumentOutOfRangeException(nameof(count), $"count: must be at least 1, got {count}");
        if (!(missing is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(missing), $"missing: must lie in [0, 1], got {missing}");
        int size = (int)input.Size, plane = input.IsImage ? input.Height * input.Width : size;
        var observed = new double[checked(count * size)];
        for (var at = 0; at < observed.Length; at++)
            observed[at] = noise.Uniform(at / size * (long)plane + at % size % plane) < missing ? 0 : 1;
        return NdArray.FromValues(observed, [count, .. input.Dims]);
    }

    /// <summary>The root of the mean squared difference over the values that are missing; 0 where none is. [N, ...], [N, ...], and a mask [N, ...] or [1, ...] for all; in the values' unit.</summary>
    public static double MissingError(NdArray truth, NdArray imputed, NdArray observed)
    {
        double[] expected = truth.ToArray(), given = imputed.ToArray(), mask = observed.ToArray();
        if (given.Length != expected.Length || mask.Length == 0 || expected.Length % mask.Length != 0)
            throw new ArgumentException($"observed: must be as large as truth and imputed, or as one example, got {mask.Length}, {expected.Length} and {given.Length} values", nameof(observed));
        double squares = 0, count = 0;
        for (var at = 0; at < expected.Length; at++)
        {
            var missing = 1 - mask[at % mask.Length];
            squares += missing * (expected[at] - given[at]) * (expected[at] - given[at]);
            count += missing;
        }
        return count > 0 ? Math.Sqrt(squares / count) : 0;
    }

    private static NdArray Hide(Shape image, Func<bool, bool, bool> missing)
    {
        if (!image.IsImage)
            throw new ArgumentException($"image: must be [channels, height, width] to have halves, got {image}", nameof(image));
        var observed = Enumerable.Range(0, (int)image.Size).Select(at =>
            missing(at / image.Width % image.Height < image.Height / 2, at % image.Width < image.Width / 2) ? 0.0 : 1);
        return NdArray.FromValues([.. observed], [1, .. image.Dims]);
    }
}
