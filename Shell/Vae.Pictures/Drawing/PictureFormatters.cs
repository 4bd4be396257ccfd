namespace Vae.Torch;

/// <summary>Shows a picture as itself.</summary>
internal sealed class PictureFormatters
{
    /// <summary>By convention; binary MIME types are written in base64.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter("image/png", value => value is Picture picture ? Convert.ToBase64String(picture.ToPng()) : null),
        .. TypeFormatter.Text<Picture>(picture => $"picture of {picture.Width}×{picture.Height} pixels"),
    ];
}
