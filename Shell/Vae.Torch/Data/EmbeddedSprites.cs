namespace Vae.Torch;

/// <summary>
/// The core's procedural sprites as a data set, labelled by shape; the places of the five factors are its condition values. The 737,280 pictures would take 3 GB: a run sees a sample
/// of them, the same for every run, and only what is asked for is drawn.
/// </summary>
internal static class EmbeddedSprites
{
    /// <summary>What a spec calls it.</summary>
    public const string Name = "sprites";

    /// <summary>Training pictures, validation included, where no limit asks for more.</summary>
    public const int TrainCount = 60_000;

    /// <summary>Test pictures; none is ever trained on.</summary>
    public const int TestCount = 10_000;

    /// <summary>The most training pictures that a limit may ask for: an array of bytes holds no more than 2³¹.</summary>
    public const int MaxTrainCount = 500_000;

    // One sample for all runs, whatever their seeds: results can be compared.
    private const ulong Sample = 0;

    /// <summary>
    /// 60,000 training pictures, or as many as a higher limit asks for, divided as the options say, and 10,000 for test.
    /// 4,096 bytes a picture.
    /// </summary>
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

    /// <summary>The factors of the test pictures, in their order: shape, whose values have no order, scale, orientation and both positions.</summary>
    public static ValueList<KnownFactor> TestFactors()
    {
        var places = SampleOf(0)[TrainCount..].Select(Sprites.FactorsOf).ToArray();
        return ValueList.From(Sprites.Factors.Select((factor, k) => new KnownFactor(factor.Name, ValueList.From(places.Select(at => at[k])), Ordered: k > 0)));
    }

    /// <summary>Which picture each item of the sample is: the training pictures, then those of the test set. Indices of <see cref="Sprites"/>.</summary>
    internal static int[] SampleOf(int limit)
    {
        var order = Splits.Permutation(Sample, Sprites.Count);
        return [.. order[TestCount..(TestCount + Math.Max(TrainCount, limit))], .. order[..TestCount]];
    }

    private static Dataset Drawn(int[] indices)
    {
        const int size = Sprites.Width * Sprites.Height;
        var pixels = new byte[indices.Length * size];
        Parallel.For(0, indices.Length, i => Sprites.Draw(indices[i], pixels.AsSpan(i * size, size)));
        var labels = Array.ConvertAll(indices, index => Sprites.FactorsOf(index)[0]);
        var factors = indices.SelectMany(index => Sprites.FactorsOf(index)).Select(place => (float)place).ToArray();
        return Dataset.OfPart(Name, Shape.Image(1, Sprites.Height, Sprites.Width), Pixels.OfBytes(pixels), labels, Sprites.ShapeNames)
            .WithConditions(factors, Sprites.Factors.Count);
    }
}
