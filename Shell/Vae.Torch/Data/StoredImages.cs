using System.Buffers;

namespace Vae.Torch;

/// <summary>
/// Images that stay in their files. Each is decoded once at the start, so that a bad file is reported before training begins.
/// </summary>
internal sealed class StoredImages : IPixelStore
{
    private readonly List<string> files;
    private readonly Shape shape;
    private readonly IImageDecoder decoder;
    private readonly PictureFit fit;
    private readonly bool[] binary;

    public StoredImages(List<string> files, Shape shape, IImageDecoder decoder, PictureFit fit, long memory)
    {
        (this.files, this.shape, this.decoder, this.fit, Memory, binary) = (files, shape, decoder, fit, memory, new bool[files.Count]);
        ImageFolder.Each(files.Count, i => binary[i] = Look(i));
    }

    public int Count => files.Count;

    public int ItemSize => (int)shape.Size;

    public long Memory { get; }

    public bool IsBinary(int item) => binary[item];

    public void Read(int item, Span<byte> into) => fit.Decode(decoder, files[item], shape, into);

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
