namespace Vae;

/// <summary>The shape of one example, without the batch axis: [n] for a vector, [channels, height, width] for an image.</summary>
[TypeFormatterSource(typeof(SmallValueFormatters), PreferredMimeTypes = ["text/plain"])]
public sealed record Shape(ValueList<int> Dims)
{
    /// <summary>The shape [length].</summary>
    public static Shape Vector(int length) => new([length]);

    /// <summary>The shape [channels, height, width].</summary>
    public static Shape Image(int channels, int height, int width) => new([channels, height, width]);

    /// <summary>The number of values in one example: the product of the dimensions, or 2⁶³ − 1 where it is greater.</summary>
    public long Size => (long)Dims.Aggregate(Int128.One, static (product, dim) => Int128.Clamp(product * dim, long.MinValue, long.MaxValue));

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

    /// <summary>The same shape with another first dimension.</summary>
    public Shape WithChannels(int channels) => new([channels, .. Dims.Skip(1)]);

    /// <summary>The shape with other dimensions.</summary>
    public Shape With(ValueList<int>? dims = null) => new(dims ?? Dims);

    /// <summary>The dimensions joined by ×, as 1×28×28; [] where there is none.</summary>
    public override string ToString() => Dims.Count == 0 ? "[]" : string.Join('×', Dims);
}
