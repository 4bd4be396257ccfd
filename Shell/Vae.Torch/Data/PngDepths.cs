namespace Vae.Torch;

/// <summary>Finds PNG and PGM files of 16 bits a channel, which lose half of them.</summary>
internal static class PngDepths
{
    /// <summary>Number of bytes to the depth, the signature and the IHDR chunk; PNG 1.2, section 11.2.2.</summary>
    public const int HeadBytes = DepthAt + 1;

    private const int DepthAt = 24;

    /// <summary>A note with their number; none if there are none.</summary>
    public static ValueList<string> Note(IPictures pictures)
    {
        var deep = Enumerable.Range(0, pictures.Count).Where(pictures.IsDeep).ToList();
        return deep.Count == 0 ? [] : [$"pictures of 16 bits a channel are read with 8: {deep.Count} (first: {pictures.NameOf(deep[0])})"];
    }

    /// <summary>Whether the first bytes of a file are those of a PNG file of 16 bits a channel.</summary>
    public static bool IsDeep(ReadOnlySpan<byte> head) =>
        head.Length >= HeadBytes && head[1..4].SequenceEqual("PNG"u8) && head[DepthAt] == 16;
}
