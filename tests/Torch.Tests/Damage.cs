namespace Vae.Torch.Tests;

/// <summary>What happens to files: each reader meets all of it.</summary>
internal static class Damage
{
    /// <summary>Every proper beginning of a file must be refused with a message that names the file.</summary>
    public static void EveryTruncationIsRefused(byte[] whole, string name, Action<string> read)
    {
        using var folder = new TempFolder();
        for (var length = 0; length < whole.Length; length++)
        {
            var path = folder.Write(name, whole[..length]);
            Refused(() => read(path), path, $"cut to {length} of {whole.Length} bytes");
        }
    }

    /// <summary>The same for a file in a folder that is read as a whole; the format's last bytes may say nothing.</summary>
    public static void EveryTruncationIsRefusedInFolder(byte[] whole, string name, Action<string> read, int lastBytesThatMayMiss)
    {
        using var folder = new TempFolder();
        for (var length = 0; length < whole.Length - lastBytesThatMayMiss; length++)
        {
            folder.Write(name, whole[..length]);
            Refused(() => read(folder.Path), folder[name], $"cut to {length} of {whole.Length} bytes");
        }
    }

    /// <summary>Any flipped bit must either be refused with a message or leave a file that reads; nothing else may be thrown.</summary>
    public static void NoFlippedBitEscapes(byte[] whole, string name, Action<string> read)
    {
        using var folder = new TempFolder();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            var path = folder.Write(name, damaged);
            var error = Record.Exception(() => read(path));
            Assert.True(error is null or VaeException, $"bit {bit}: {error}");
        }
    }

    public static VaeException Refused(Action read, string mention, string what = "")
    {
        var error = Record.Exception(read);
        if (error is not VaeException refusal)
            throw Xunit.Sdk.FailException.ForFailure($"{what} must be refused, got {error?.ToString() ?? "no error"}");
        Assert.Contains(mention, refusal.Message, StringComparison.Ordinal);
        return refusal;
    }
}
