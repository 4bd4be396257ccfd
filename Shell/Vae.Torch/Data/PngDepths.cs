namespace Vae.Torch;

/// <summary>Finds PNG and PGM files of 16 bits a channel, which lose half of them.</summary>
internal static class PngDepths
{
    // The signature and the IHDR chunk up to the depth; PNG 1.2, section 11.2.2.
    private const int DepthAt = 24;

    /// <summary>A note with their number; none if there are none.</summary>
    public static ValueList<string> Note(IReadOnlyList<string> files)
    {
        var deep = files.Where(file => Pgm.Is(file) ? Pgm.HasDeep(file)
            : Path.GetExtension(file).Equals(".png", StringComparison.OrdinalIgnoreCase) && IsDeep(file)).ToList();
        return deep.Count == 0 ? [] : [$"pictures of 16 bits a channel are read with 8: {deep.Count} (first: {deep[0]})"];
    }

    private static bool IsDeep(string file) => Disk.Read(file, stream =>
    {
        Span<byte> head = stackalloc byte[DepthAt + 1];
        return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[1..4].SequenceEqual("PNG"u8)
            && head[DepthAt] == 16;
    });
}
