namespace Vae.Torch;

/// <summary>Pictures of which each is a file.</summary>
internal sealed class FilePictures(List<string> files, IImageDecoder decoder, PictureFit fit) : IPictures
{
    public int Count => files.Count;

    public Shape ShapeOf(int item) => decoder.ShapeOf(files[item]);

    public bool IsDeep(int item) => Pgm.Is(files[item]) ? Pgm.HasDeep(files[item])
        : Path.GetExtension(files[item]).Equals(".png", StringComparison.OrdinalIgnoreCase) && Disk.Read(files[item], stream =>
        {
            Span<byte> head = stackalloc byte[PngDepths.HeadBytes];
            return PngDepths.IsDeep(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
        });

    public string NameOf(int item) => files[item];

    public void Decode(int item, Shape shape, Span<byte> into)
    {
        if (fit.Crops)
            decoder.DecodeCropped(files[item], shape, into);
        else
            decoder.Decode(files[item], shape, fit.Resizes, into);
    }
}
