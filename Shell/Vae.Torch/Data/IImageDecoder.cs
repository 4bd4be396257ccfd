namespace Vae.Torch;

/// <summary>Decodes image files, as <c>ImageDecoders.Skia</c> of the package Vae.Pictures does. Must be thread-safe.</summary>
public interface IImageDecoder
{
    /// <summary>Reads the size of an image without decoding its pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>[C, H, W]: C is 1 for a greyscale file, else 3.</returns>
    /// <exception cref="VaeException">The file is not an image that can be decoded.</exception>
    Shape ShapeOf(string path);

    /// <summary>Decodes an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">[C, H, W] of the result; C is 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="resize">Whether an image of another height or width is resized; else it is an error.</param>
    /// <param name="item">Receives the bytes, channel by channel and row by row; C · H · W of them.</param>
    /// <exception cref="VaeException">The file is not an image that can be decoded, or has another size.</exception>
    void Decode(string path, Shape shape, bool resize, Span<byte> item);

    /// <summary>
    /// Decodes an image and resizes it to a height and width. Of an image of other proportions, the largest part in the middle that has
    /// them is taken. By default a decoder cannot.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">[C, H, W] of the result; C is 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="item">Receives the bytes, channel by channel and row by row; C · H · W of them.</param>
    /// <exception cref="VaeException">The file is not an image that can be decoded, or the decoder cannot crop.</exception>
    void DecodeCropped(string path, Shape shape, Span<byte> item) =>
        throw new VaeException($"data.crop: must be false with the decoder {GetType().Name}, which cannot crop, got true");

    /// <summary>Reads the size of an image in memory without decoding its pixels. By default a decoder cannot.</summary>
    /// <param name="name">Where the image is from, for messages.</param>
    /// <param name="image">The bytes of an image file.</param>
    /// <returns>[C, H, W]: C is 1 for a greyscale file, else 3.</returns>
    /// <exception cref="VaeException">The bytes are not an image that can be decoded.</exception>
    Shape ShapeOf(string name, ReadOnlyMemory<byte> image) => throw FilesOnly(name);

    /// <summary>Decodes an image in memory. By default a decoder cannot.</summary>
    /// <param name="name">Where the image is from, for messages.</param>
    /// <param name="image">The bytes of an image file.</param>
    /// <param name="shape">[C, H, W] of the result; C is 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="resize">Whether an image of another height or width is resized; else it is an error.</param>
    /// <param name="item">Receives the bytes, channel by channel and row by row; C · H · W of them.</param>
    /// <exception cref="VaeException">The bytes are not an image that can be decoded, or it has another size.</exception>
    void Decode(string name, ReadOnlyMemory<byte> image, Shape shape, bool resize, Span<byte> item) => throw FilesOnly(name);

    /// <summary>Decodes an image in memory, and crops and resizes it as a file. By default a decoder cannot.</summary>
    /// <param name="name">Where the image is from, for messages.</param>
    /// <param name="image">The bytes of an image file.</param>
    /// <param name="shape">[C, H, W] of the result; C is 1 (grey) or 3 (red, green, blue).</param>
    /// <param name="item">Receives the bytes, channel by channel and row by row; C · H · W of them.</param>
    /// <exception cref="VaeException">The bytes are not an image that can be decoded.</exception>
    void DecodeCropped(string name, ReadOnlyMemory<byte> image, Shape shape, Span<byte> item) => throw FilesOnly(name);

    private VaeException FilesOnly(string name) =>
        new($"{name}: must be read by a decoder of images in memory, got {GetType().Name}, which decodes files only");
}
