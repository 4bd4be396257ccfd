namespace Vae.Torch;

/// <summary>Encoded pictures that are decoded one by one, from any thread.</summary>
internal interface IPictures
{
    /// <summary>Number of pictures.</summary>
    int Count { get; }

    /// <summary>The size of a picture, [C, H, W], without its pixels.</summary>
    /// <exception cref="VaeException">It cannot be decoded.</exception>
    Shape ShapeOf(int item);

    /// <summary>Whether a picture has more than 8 bits a channel, of which 8 are read.</summary>
    bool IsDeep(int item);

    /// <summary>Where a picture lies, for a message.</summary>
    string NameOf(int item);

    /// <summary>Decodes a picture.</summary>
    /// <param name="item">Its index.</param>
    /// <param name="shape">[C, H, W] of the result.</param>
    /// <param name="into">Receives a byte for each value.</param>
    /// <exception cref="VaeException">It cannot be decoded, has another size, or has changed.</exception>
    void Decode(int item, Shape shape, Span<byte> into);
}
