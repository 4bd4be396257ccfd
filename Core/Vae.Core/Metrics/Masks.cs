namespace Vae;

/// <summary>Masks of observed values: 1 where a value is observed, 0 where it is missing.</summary>
internal static class Masks
{
    /// <summary>A mask of an image whose columns before ⌊width/2⌋ are missing. [1, C, H, W].</summary>
    /// <param name="image">[C, H, W].</param>
    /// <exception cref="ArgumentException">The shape is not that of an image.</exception>
    public static NdArray HideLeft(Shape image) => Hide(image, (_, left) => left);

    /// <summary>A mask of an image whose columns from ⌊width/2⌋ on are missing. [1, C, H, W].</summary>
    /// <param name="image">[C, H, W].</param>
    /// <exception cref="ArgumentException">The shape is not that of an image.</exception>
    public static NdArray HideRight(Shape image) => Hide(image, (_, left) => !left);

    /// <summary>A mask of an image whose rows before ⌊height/2⌋ are missing. [1, C, H, W].</summary>
    /// <param name="image">[C, H, W].</param>
    /// <exception cref="ArgumentException">The shape is not that of an image.</exception>
    public static NdArray HideUpper(Shape image) => Hide(image, (upper, _) => upper);

    /// <summary>A mask of an image whose rows from ⌊height/2⌋ on are missing. [1, C, H, W].</summary>
    /// <param name="image">[C, H, W].</param>
    /// <exception cref="ArgumentException">The shape is not that of an image.</exception>
    public static NdArray HideLower(Shape image) => Hide(image, (upper, _) => !upper);

    /// <summary>
    /// Random masks: each pixel, with all its channels, or each value of a vector is missing independently. [count, ...].
    /// </summary>
    /// <param name="input">The shape of an example.</param>
    /// <param name="count">Number of masks; ≥ 1.</param>
    /// <param name="missing">The probability that a value is missing; in [0, 1].</param>
    /// <param name="noise">The source of randomness.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count or the probability is out of range.</exception>
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

    /// <summary>The root mean squared error over the missing values, in their unit; 0 if none is missing.</summary>
    /// <param name="truth">The true values, [N, ...].</param>
    /// <param name="imputed">The imputed values, [N, ...].</param>
    /// <param name="observed">The mask, [N, ...], or [1, ...] for all examples.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public static double MissingError(NdArray truth, NdArray imputed, NdArray observed)
    {
        double[] expected = truth.ToArray(), given = imputed.ToArray(), mask = observed.ToArray();
        if (given.Length != expected.Length || mask.Length == 0 || expected.Length % mask.Length != 0)
            throw new ArgumentException(
                "observed: must be as large as truth and imputed, or as one example, "
                + $"got {mask.Length}, {expected.Length} and {given.Length} values", nameof(observed));
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
