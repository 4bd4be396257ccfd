namespace Vae.Torch;

/// <summary>Examples outside memory that are read one by one, from any thread.</summary>
internal interface IPixelStore
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Number of bytes of an example.</summary>
    int ItemSize { get; }

    /// <summary>Whether an example's bytes are floats; else each is 255 times an intensity.</summary>
    bool IsFloat => false;

    /// <summary>Whether all values may be read for facts about them, in the order of the examples; too slow for pictures.</summary>
    bool IsScanned => false;

    /// <summary>Maximum number of bytes of examples to hold at a time.</summary>
    long Memory { get; }

    /// <summary>Whether every byte of an example is 0 or 255.</summary>
    bool IsBinary(int item);

    /// <summary>How many examples before its turn an example is announced by <see cref="Prepare"/>; 0 for not at all.</summary>
    int Ahead => 0;

    /// <summary>Announces that an example is read soon; returns at once.</summary>
    void Prepare(int item) { }

    /// <summary>The same examples, each followed by a mask; null if the store cannot add masks.</summary>
    IPixelStore? WithMask() => null;

    /// <summary>Reads an example.</summary>
    /// <exception cref="VaeException">The example has disappeared or changed.</exception>
    void Read(int item, Span<byte> into);
}
