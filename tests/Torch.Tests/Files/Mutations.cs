using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Vae.Torch.Tests;

/// <summary>Damages files as disks, transfers and people do; a mutant is a function of its number.</summary>
internal static class Mutations
{
    private static readonly int[] Numbers = [0, 1, -1, 2, 127, 128, 255, 256, 65_535, 65_536, int.MaxValue, int.MinValue, 0x7fff_fff0];
    private static readonly string[] Words =
        ["1e999", "-1", "NaN", "null", "\"\"", "{}", "[]", "0", "99999999999999999999", "\u001b[2J", ",", "True"];

    /// <summary>A mutant: one to four changes of a file.</summary>
    public static byte[] Mutant(byte[] seed, long number)
    {
        var random = KeyedRandom.FromSeed(15).Fold(number);
        var bytes = seed.ToList();
        var changes = 1 + random.Below(4, 0);
        for (var change = 0; change < changes; change++)
            Change(bytes, random.Fold(change + 1));
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, KeyedRandom random)
    {
        // Headers decide most, so half of the places lie there.
        var at = bytes.Count == 0 ? 0 : random.Below(random.Below(2, 0) == 0 ? bytes.Count : Math.Min(bytes.Count, 128), 1);
        var length = Math.Min(1 + random.Below(16, 2), bytes.Count - at);
        switch (random.Below(10, 3))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << random.Below(8, 4));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)random.Below(256, 4);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                Overwrite(bytes, at, Number(Numbers[random.Below(Numbers.Length, 4)], random.Below(2, 5) == 0));
                break;
            case 6:
                Overwrite(bytes, at, Encoding.UTF8.GetBytes(Words[random.Below(Words.Length, 4)]));
                break;
            case 7:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Below(Words.Length, 4)]));
                break;
            default:
                ReplaceToken(bytes, at, Encoding.UTF8.GetBytes(Words[random.Below(Words.Length, 4)]));
                break;
        }
    }

    // A text whose form stays and whose value is another: the number or word at a place, with its quotes half of the time.
    private static void ReplaceToken(List<byte> bytes, int at, byte[] with)
    {
        if (at == bytes.Count)
            return;
        bool IsPart(int i) => i >= 0 && i < bytes.Count
            && (char.IsAsciiLetterOrDigit((char)bytes[i]) || bytes[i] is (byte)'.' or (byte)'-');
        var (first, last) = (at, at);
        while (IsPart(first - 1))
            first--;
        while (IsPart(last + 1))
            last++;
        if (at % 2 == 0 && first > 0 && last + 1 < bytes.Count && bytes[first - 1] == '"' && bytes[last + 1] == '"')
            (first, last) = (first - 1, last + 1);
        bytes.RemoveRange(first, last + 1 - first);
        bytes.InsertRange(first, with);
    }

    private static byte[] Number(int value, bool little)
    {
        var bytes = new byte[4];
        if (little)
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length && at + i < bytes.Count; i++)
            bytes[at + i] = with[i];
    }

    /// <summary>How many mutants each reader gets: a few hundred, or as many as VAE_MUTANTS says.</summary>
    public static int Count => int.TryParse(
        Environment.GetEnvironmentVariable("VAE_MUTANTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 200;
}
