namespace Vae.Torch;

/// <summary>Shows pictures in notebooks.</summary>
internal sealed class PictureFormatters
{
    /// <summary>The formatters; notebooks find this method by its name, and expect binary MIME types in base64.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter("image/png", value => value is Picture picture ? Convert.ToBase64String(picture.ToPng()) : null),
        .. TypeFormatter.Text<Picture>(picture => $"picture of {picture.Width}×{picture.Height} pixels"),
    ];
}
