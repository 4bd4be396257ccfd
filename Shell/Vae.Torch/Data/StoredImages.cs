using System.Buffers;

namespace Vae.Torch;

/// <summary>
/// Pictures that stay in their files. Each is decoded once at the start, so that a bad file is reported before training begins; as many
/// as half of the memory takes stay decoded, and the rest is for batches that are read ahead.
/// </summary>
internal sealed class StoredImages : IPixelStore
{
    private readonly IPictures pictures;
    private readonly Shape shape;
    private readonly bool[] binary;
    // The first of them: the order of each epoch is random, so which was used last does not foretell which is used next.
    private readonly byte[] decoded = [];

    public StoredImages(IPictures pictures, Shape shape, long memory)
    {
        (this.pictures, this.shape, binary) = (pictures, shape, new bool[pictures.Count]);
        // A first picture that only claims its size is refused before memory is taken for others.
        Look(0);
        decoded = new byte[Math.Min(pictures.Count, Math.Min(memory / 2, Array.MaxLength) / ItemSize) * ItemSize];
        Memory = memory - decoded.Length;
        PictureReading.Each(pictures.Count, i => binary[i] = Look(i));
    }

    public int Count => pictures.Count;

    public int ItemSize => (int)shape.Size;

    public long Memory { get; }

    public bool IsBinary(int item) => binary[item];

    public void Read(int item, Span<byte> into)
    {
        if (item < decoded.Length / ItemSize)
            decoded.AsSpan(item * ItemSize, ItemSize).CopyTo(into);
        else
            pictures.Decode(item, shape, into);
    }

    private bool Look(int item)
    {
        var rented = ArrayPool<byte>.Shared.Rent(ItemSize);
        var bytes = rented.AsSpan(0, ItemSize);
        pictures.Decode(item, shape, bytes);
        if (item < decoded.Length / ItemSize)
            bytes.CopyTo(decoded.AsSpan(item * ItemSize, ItemSize));
        var isBinary = bytes.IndexOfAnyExcept((byte)0, (byte)255) < 0;
        ArrayPool<byte>.Shared.Return(rented);
        return isBinary;
    }
}
