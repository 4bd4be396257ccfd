namespace Vae.Torch;

/// <summary>
/// The core's procedural sprites as a data set, labelled by shape; the indices of the five factors' values are its condition
/// values. All 737,280 images would take 3 GB: a run gets a sample, the same for every run, drawn as far as needed.
/// </summary>
internal static class EmbeddedSprites
{
    /// <summary>Name in a data specification.</summary>
    public const string Name = "sprites";

    /// <summary>Number of training images, validation included, unless a higher limit is set.</summary>
    public const int TrainCount = 60_000;

    /// <summary>Number of test images; none is ever a training image.</summary>
    public const int TestCount = 10_000;

    /// <summary>Maximum limit of training images: an array holds at most 2³¹ bytes.</summary>
    public const int MaxTrainCount = 500_000;

    // The same sample in all runs, whatever their seeds: results can be compared.
    private const ulong Sample = 0;

    /// <summary>
    /// 60,000 training images, or more if the limit is higher, split by the options, and 10,000 test images; 4,096 bytes each. Each set
    /// is drawn when its values are first used.
    /// </summary>
    /// <exception cref="VaeException">The limit is above <see cref="MaxTrainCount"/>.</exception>
    public static DataSplit Load(DataOptions options)
    {
        if (options.Limit > MaxTrainCount)
            throw new VaeException($"data.limit: must be at most {MaxTrainCount} for {Name}, got {options.Limit}");
        var sample = SampleOf(options.Limit);
        var parts = Splits.Indices(Name, sample.Length - TestCount, options.Validation, 0, options.Seed);
        var train = options.Limit == 0 ? parts.Train : parts.Train[..Math.Min(options.Limit, parts.Train.Length)];
        return new(Draw(train), Draw(parts.Validation), Draw([.. Enumerable.Range(sample.Length - TestCount, TestCount)]));

        Dataset Draw(int[] places) => Drawn(Array.ConvertAll(places, place => sample[place]));
    }

    /// <summary>The factors of the test images: shape, which is unordered, scale, orientation and both positions.</summary>
    public static ValueList<KnownFactor> TestFactors()
    {
        var places = SampleOf(0)[TrainCount..].Select(Sprites.FactorsOf).ToArray();
        return ValueList.From(Sprites.Factors.Select(
            (factor, k) => new KnownFactor(factor.Name, ValueList.From(places.Select(at => at[k])), Ordered: k > 0)));
    }

    /// <summary>Indices into <see cref="Sprites"/> of the sampled images: those of the training set, then those of the test set.</summary>
    internal static int[] SampleOf(int limit)
    {
        var order = Splits.Permutation(Sample, Sprites.Count);
        return [.. order[TestCount..(TestCount + Math.Max(TrainCount, limit))], .. order[..TestCount]];
    }

    private static Dataset Drawn(int[] indices)
    {
        const int size = Sprites.Width * Sprites.Height;
        var pixels = Pixels.OfDrawing((long)indices.Length * size, isBinary: true, () =>
        {
            var drawn = new byte[indices.Length * size];
            Parallel.For(0, indices.Length, i => Sprites.Draw(indices[i], drawn.AsSpan(i * size, size)));
            return drawn;
        });
        var labels = Array.ConvertAll(indices, index => Sprites.FactorsOf(index)[0]);
        var factors = indices.SelectMany(index => Sprites.FactorsOf(index)).Select(place => (float)place).ToArray();
        return Dataset.OfPart(Name, Shape.Image(1, Sprites.Height, Sprites.Width), pixels, labels, Sprites.ShapeNames)
            .WithConditions(factors, Sprites.Factors.Count);
    }
}
