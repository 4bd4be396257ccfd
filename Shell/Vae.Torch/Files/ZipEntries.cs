using System.IO.Compression;

namespace Vae.Torch;

/// <summary>Checks of the entries of ZIP files that the class library omits.</summary>
internal static class ZipEntries
{
    /// <summary>Checks the size and checksum of an entry's content.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="place">Names it in messages.</param>
    /// <exception cref="VaeException">The content has another size or checksum than the entry says.</exception>
    public static void Verify(ZipArchiveEntry entry, string place)
    {
        using var content = entry.Open();
        Require(entry, Crc32.Compute(content, entry.Length) == entry.Crc32, place);
    }

    /// <summary>Requires that a content is that of its entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="isSame">Whether its size and checksum are those of the entry.</param>
    /// <param name="place">Names it in messages.</param>
    /// <exception cref="VaeException">It is not.</exception>
    public static void Require(ZipArchiveEntry entry, bool isSame, string place)
    {
        if (!isSame)
            throw new VaeException($"{place}: must have the size and checksum in the archive's entry, got others: the file is damaged");
    }
}
