using System.Security.Cryptography;
using System.Text;

namespace Vae.Torch;

/// <summary>A digest by which a file is verified.</summary>
/// <param name="Kind">Name of the kind, for messages.</param>
/// <param name="Value">The digest, as lower-case hexadecimal digits.</param>
/// <param name="Compute">Computes the digest of a file that is read from its start, in the same digits.</param>
internal sealed record Digest(string Kind, string Value, Func<FileStream, string> Compute)
{
    /// <summary>How a file differs from the one that has this digest; empty if it does not.</summary>
    public string Unlike(FileStream file)
    {
        file.Position = 0;
        try
        {
            var got = Compute(file);
            return got == Value ? "" : $"{Kind} must be {Value}, got {got}";
        }
        catch (InvalidDataException e)
        {
            return $"not a complete gzip file: {e.Message}";
        }
    }
}

/// <summary>The kinds of digests.</summary>
internal static class Digests
{
    /// <summary>SHA-256 of the file, as 64 hexadecimal digits.</summary>
    public static Digest Sha256(string value) => new("SHA-256", value, file => Convert.ToHexStringLower(SHA256.HashData(file)));

    /// <summary>SHA-256 of the content of a gzip file, as 64 hexadecimal digits: mirrors compress differently.</summary>
    public static Digest ContentSha256(string value) => new("SHA-256 of the content", value, Gzip.ContentSha256);

    /// <summary>
    /// The id of the file in a git repository, as 40 hexadecimal digits, for a file whose SHA-256 is not published: SHA-1 of "blob ", the
    /// size in bytes, a zero and the content; git-scm.com/book, Git Objects.
    /// </summary>
    public static Digest GitBlob(string value) => new("git blob id", value, BlobId);

    private static string BlobId(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        var buffer = new byte[1 << 16];
        for (var count = file.Read(buffer); count > 0; count = file.Read(buffer))
            hash.AppendData(buffer, 0, count);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
