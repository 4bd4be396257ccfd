namespace Vae.Torch;

/// <summary>A picture in a report.</summary>
/// <param name="Title">Heading of the picture.</param>
/// <param name="Caption">How to read the picture; may be empty.</param>
/// <param name="Picture">The picture.</param>
public sealed record Figure(string Title, string Caption, Picture Picture)
{
    /// <summary>The same for screens of a telephone, on which a wide chart would be cut or too small to read; null for none.</summary>
    public Picture? Narrow { get; init; }
}
