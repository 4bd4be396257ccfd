namespace Vae.Torch;

/// <summary>Reads pictures, wherever they lie, as the values of a data set.</summary>
internal static class PictureReading
{
    /// <summary>The decoder of the options; <paramref name="path"/> is for the message.</summary>
    /// <exception cref="VaeException">There is none.</exception>
    public static IImageDecoder Decoder(DataOptions options, string path) => options.Decoder ?? throw new VaeException(
        $"{path}: must have a decoder to be read "
        + "(add the package Vae.Pictures, and ImageDecoders.Skia as the decoder of the data options), got none");

    /// <summary>The shape of the examples: that of the options, else height and width of the first picture, in colour if any is.</summary>
    /// <exception cref="VaeException">An option is out of range, or a picture cannot be decoded.</exception>
    public static Shape ShapeOf(IPictures pictures, DataOptions options)
    {
        if (options.Memory < 0)
            throw new VaeException($"data.memory: must be at least 0, got {options.Memory}");
        if (options.Channels is not (0 or 1 or 3))
            throw new VaeException($"data.channels: must be 1 (grey) or 3 (colour), got {options.Channels}");
        if (options.Height < 0 || options.Width < 0 || options.Height == 0 != (options.Width == 0)
            || Math.Max(options.Height, options.Width) > ImageFolder.LargestSide)
            throw new VaeException($"data.height, data.width: must both be in 1..{ImageFolder.LargestSide}, or both left out, "
                + $"got {options.Height} and {options.Width}");
        var stored = pictures.ShapeOf(0);
        return Shape.Image(
            // One grey picture among others does not make them grey.
            options.Channels != 0 ? options.Channels
                : stored.Channels == 3 || Enumerable.Range(1, pictures.Count - 1).Any(i => pictures.ShapeOf(i).Channels == 3) ? 3 : 1,
            options.Height != 0 ? options.Height : stored.Height,
            options.Width != 0 ? options.Width : stored.Width);
    }

    /// <summary>The pixels of all pictures: in memory if the options allow as much, else decoded where they are needed.</summary>
    /// <exception cref="VaeException">A picture cannot be decoded, or has another size.</exception>
    public static Pixels Read(IPictures pictures, Shape shape, DataOptions options)
    {
        if (pictures.Count * shape.Size > options.MaxBytes)
            return Pixels.OfStore(new StoredImages(pictures, shape, options.MaxBytes));
        var size = (int)shape.Size;
        // A first picture that only claims its size is refused before memory is taken for all.
        pictures.Decode(0, shape, new byte[size]);
        var all = new byte[pictures.Count * size];
        Each(pictures.Count, i => pictures.Decode(i, shape, all.AsSpan(i * size, size)));
        return Pixels.OfBytes(all);
    }

    /// <summary>Calls an action for each index, on all cores; throws the error of the lowest index, if any.</summary>
    public static void Each(int count, Action<int> read)
    {
        var errors = new VaeException?[count];
        Parallel.For(0, count, (i, state) =>
        {
            try
            {
                read(i);
            }
            catch (VaeException e)
            {
                errors[i] = e;
                // Those before it are still read, which may have an error of their own; those after it are not.
                state.Break();
            }
        });
        // The first in order, not in time: the same pictures give the same message.
        if (Array.Find(errors, e => e is not null) is { } error)
            throw error;
    }
}
