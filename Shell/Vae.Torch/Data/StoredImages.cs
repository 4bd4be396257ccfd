using System.Buffers;

namespace Vae.Torch;

/// <summary>
/// Pictures that stay in their files. Each is decoded once at the start, so that a bad file is reported before training begins.
/// </summary>
internal sealed class StoredImages : IPixelStore
{
    private readonly IPictures pictures;
    private readonly Shape shape;
    private readonly bool[] binary;

    public StoredImages(IPictures pictures, Shape shape, long memory)
    {
        (this.pictures, this.shape, Memory, binary) = (pictures, shape, memory, new bool[pictures.Count]);
        PictureReading.Each(pictures.Count, i => binary[i] = Look(i));
    }

    public int Count => pictures.Count;

    public int ItemSize => (int)shape.Size;

    public long Memory { get; }

    public bool IsBinary(int item) => binary[item];

    public void Read(int item, Span<byte> into) => pictures.Decode(item, shape, into);

    private bool Look(int item)
    {
        var rented = ArrayPool<byte>.Shared.Rent(ItemSize);
        var bytes = rented.AsSpan(0, ItemSize);
        Read(item, bytes);
        var isBinary = bytes.IndexOfAnyExcept((byte)0, (byte)255) < 0;
        ArrayPool<byte>.Shared.Return(rented);
        return isBinary;
    }
}
