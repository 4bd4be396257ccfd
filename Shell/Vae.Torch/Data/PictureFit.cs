namespace Vae.Torch;

/// <summary>How pictures of other sizes are fitted into a data set's shape.</summary>
/// <param name="Resizes">Whether they are resized; else they are an error.</param>
/// <param name="Crops">Whether the middle of one of other proportions is taken; else it is squeezed.</param>
internal sealed record PictureFit(bool Resizes, bool Crops)
{
    /// <summary>The fit that options ask for.</summary>
    /// <exception cref="VaeException">They ask for a crop without a size.</exception>
    public static PictureFit Of(DataOptions options) => options is { Crop: true, Height: 0 }
        ? throw new VaeException("data.crop: needs data.height and data.width, got none")
        : new(options.Height != 0, options.Crop);
}
