namespace Vae;

/// <summary>The shape of one example, without the batch axis: [n] for a vector, [channels, height, width] for an image.</summary>
/// <param name="Dims">The dimensions, outermost first.</param>
/// <example>
/// <code>
/// Shape image = Shape.Image(1, 28, 28);
/// long values = image.Size; // 784
/// </code>
/// </example>
[TypeFormatterSource(typeof(SmallValueFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Shape(ValueList<int> Dims)
{
    /// <summary>The shape [length].</summary>
    /// <param name="length">Number of values; ≥ 1.</param>
    public static Shape Vector(int length) => new([length]);

    /// <summary>The shape [channels, height, width].</summary>
    /// <param name="channels">Number of channels; ≥ 1.</param>
    /// <param name="height">In pixels; ≥ 1.</param>
    /// <param name="width">In pixels; ≥ 1.</param>
    public static Shape Image(int channels, int height, int width) => new([channels, height, width]);

    /// <summary>Number of values in one example: the product of the dimensions, or 2⁶³ − 1 if it is greater.</summary>
    public long Size => (long)Dims.Aggregate(
        Int128.One, static (product, dim) => Int128.Clamp(product * dim, long.MinValue, long.MaxValue));

    /// <summary>Whether it has one dimension.</summary>
    public bool IsVector => Dims.Count == 1;

    /// <summary>Whether it has three dimensions: channels, height, width.</summary>
    public bool IsImage => Dims.Count == 3;

    /// <summary>The first dimension: the channels of an image, the length of a vector.</summary>
    public int Channels => Dims[0];

    /// <summary>The height of an image.</summary>
    public int Height => Dims[1];

    /// <summary>The width of an image.</summary>
    public int Width => Dims[2];

    /// <summary>A copy with another first dimension.</summary>
    /// <param name="channels">The new first dimension.</param>
    public Shape WithChannels(int channels) => new([channels, .. Dims.Skip(1)]);

    /// <summary>A copy with the given dimensions.</summary>
    /// <param name="dims">The new <see cref="Dims"/>; null keeps the present ones.</param>
    public Shape With(ValueList<int>? dims = null) => new(dims ?? Dims);

    /// <summary>The dimensions joined by ×, as in 1×28×28; [] if there are none.</summary>
    public override string ToString() => Dims.Count == 0 ? "[]" : string.Join('×', Dims);
}
