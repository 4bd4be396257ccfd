namespace Vae;

/// <summary>Shape of one item: [Channels, Height, Width], each at least 1.</summary>
public sealed record ItemShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one item.</summary>
    public int Size => Channels * Height * Width;

    /// <inheritdoc/>
    public override string ToString() => $"{Channels}x{Height}x{Width}";

    /// <summary>Of <paramref name="width"/> loose values: a grey square where they fill one of at least 8×8, else a row.</summary>
    public static ItemShape OfFlat(int width) =>
        (int)Math.Round(Math.Sqrt(width)) is var side && side >= 8 && side * side == width ? new(1, side, side) : new(1, 1, width);
}
