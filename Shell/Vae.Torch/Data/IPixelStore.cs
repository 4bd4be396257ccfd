namespace Vae.Torch;

/// <summary>Items that lie outside memory and are read one by one, from any thread.</summary>
internal interface IPixelStore
{
    /// <summary>Items there are.</summary>
    int Count { get; }

    /// <summary>Bytes of one item.</summary>
    int ItemSize { get; }

    /// <summary>Most bytes of items that should be held at a time.</summary>
    long Memory { get; }

    /// <summary>Whether an item has no byte but 0 and 255.</summary>
    bool IsBinary(int item);

    /// <summary>Reads an item; <see cref="VaeException"/> where it is no longer what it was.</summary>
    void Read(int item, Span<byte> into);
}
