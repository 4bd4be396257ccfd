namespace Vae.Torch;

/// <summary>Pictures of which each is a file.</summary>
internal sealed class FilePictures(List<string> files, IImageDecoder decoder, PictureFit fit) : IPictures
{
    public int Count => files.Count;

    public Shape ShapeOf(int item) => decoder.ShapeOf(files[item]);

    public void Decode(int item, Shape shape, Span<byte> into)
    {
        if (fit.Crops)
            decoder.DecodeCropped(files[item], shape, into);
        else
            decoder.Decode(files[item], shape, fit.Resizes, into);
    }
}
