using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch;

/// <summary>
/// Edits the version needs of a 64-bit little-endian ELF library held in memory, so that an older libstdc++ satisfies it.
/// </summary>
internal static class ElfVersions
{
    private const uint DynSym = 11, Rela = 4, VerNeed = 0x6ffffffe, VerSym = 0x6fffffff;
    private const ushort Weak = 2;

    // GCC 12 gave this function a new version when it became noexcept; the older entry is the same function.
    private static readonly Dictionary<string, string> OlderVersion = new()
    {
        ["_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE"] = "GLIBCXX_3.4.11",
    };

    private readonly record struct Section(uint Type, int Offset, int Size, int Link, int Info);

    private readonly record struct Need(string Version, ushort Index, int FlagsAt);

    /// <summary>
    /// A copy of <paramref name="elf"/> that loads without <paramref name="version"/> of a library; the path is for messages.
    /// </summary>
    /// <exception cref="VaeException">The library is damaged, or needs a function of that version.</exception>
    public static byte[] Relax(byte[] elf, string version, string path)
    {
        try
        {
            return RelaxCopy((byte[])elf.Clone(), version, path);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new VaeException($"{path}: must be an intact ELF library, got an offset that leaves the file", e);
        }
    }

    private static byte[] RelaxCopy(byte[] elf, string version, string path)
    {
        var sections = Sections(elf, path);
        var needs = Needs(elf, Only(sections, VerNeed, path), sections);
        var missing = needs.FirstOrDefault(n => n.Version == version);
        if (missing.Version is null)
            throw new VaeException($"{path}: must need version {version} to be relaxed, got {needs.Count} other versions");
        foreach (var symbol in ReferredSymbols(elf, sections, missing.Index, path))
            Rebind(elf, sections, needs, symbol, version, path);
        Write16(elf, missing.FlagsAt, (ushort)(Read16(elf, missing.FlagsAt) | Weak));
        return elf;
    }

    private static List<Section> Sections(byte[] elf, string path)
    {
        // 0x7f 'E' 'L' 'F', class 2 = 64 bits, data 1 = little-endian
        if (!elf.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            throw new VaeException($"{path}: must be a 64-bit little-endian ELF library, got {elf.Length} bytes that begin otherwise");
        int table = Read64(elf, 0x28), entry = Read16(elf, 0x3a), count = Read16(elf, 0x3c);
        var sections = new List<Section>(count);
        for (var i = 0; i < count; i++)
        {
            var at = checked(table + i * entry);
            sections.Add(new(
                Read32(elf, at + 4), Read64(elf, at + 24), Read64(elf, at + 32), (int)Read32(elf, at + 40), (int)Read32(elf, at + 44)));
        }
        return sections;
    }

    private static Section Only(List<Section> sections, uint type, string path) =>
        sections.Exists(s => s.Type == type)
            ? sections.Find(s => s.Type == type)
            : throw new VaeException($"{path}: must have symbol versions, got no section of type 0x{type:x}");

    private static List<Need> Needs(byte[] elf, Section section, List<Section> sections)
    {
        var names = sections[section.Link];
        var needs = new List<Need>();
        var at = section.Offset;
        for (var file = 0; file < section.Info; file++)
        {
            var aux = checked(at + (int)Read32(elf, at + 8));
            for (var i = Read16(elf, at + 2); i > 0; i--)
            {
                needs.Add(new(Text(elf, names, Read32(elf, aux + 8)), Read16(elf, aux + 6), aux + 4));
                aux = Next(elf, aux);
            }
            at = Next(elf, at);
        }
        return needs;
    }

    // A link of 0 is valid only at the end of a list: it leads past the file, so that a wrong count cannot loop.
    private static int Next(byte[] elf, int at) => Read32(elf, at + 12) is var step and > 0 ? checked(at + (int)step) : elf.Length;

    /// <summary>Indexes of the dynamic symbols of a version that a relocation refers to: the loader looks up no others.</summary>
    private static IEnumerable<int> ReferredSymbols(byte[] elf, List<Section> sections, ushort version, string path)
    {
        var versions = Only(sections, VerSym, path);
        var dynSym = sections.FindIndex(s => s.Type == DynSym);
        return sections.Where(s => s.Type == Rela && s.Link == dynSym)
            .SelectMany(s => Enumerable.Range(0, s.Size / 24).Select(i => (int)Read32(elf, checked(s.Offset + i * 24 + 12))))
            .Where(symbol => symbol != 0 && Read16(elf, checked(versions.Offset + symbol * 2)) == version)
            .Distinct().ToList();
    }

    private static void Rebind(byte[] elf, List<Section> sections, List<Need> needs, int symbol, string version, string path)
    {
        var table = Only(sections, DynSym, path);
        var name = Text(elf, sections[table.Link], Read32(elf, checked(table.Offset + symbol * 24)));
        var older = needs.FirstOrDefault(n => OlderVersion.TryGetValue(name, out var v) && v == n.Version);
        if (older.Version is null)
            throw new VaeException($"{path}: must run without {version}, "
                + $"got a reference to its function {name}: a newer libstdc++ is needed");
        Write16(elf, checked(Only(sections, VerSym, path).Offset + symbol * 2), older.Index);
    }

    private static string Text(byte[] elf, Section names, uint offset)
    {
        var text = elf.AsSpan(names.Offset, names.Size)[checked((int)offset)..];
        var end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    private static ushort Read16(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static uint Read32(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    private static int Read64(byte[] elf, int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at)));

    private static void Write16(byte[] elf, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(at), value);
}
