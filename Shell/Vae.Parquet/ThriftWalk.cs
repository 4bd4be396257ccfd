namespace Vae.Torch;

/// <summary>
/// Walks over a struct of a Parquet file, Thrift's compact protocol, before the reader does: that takes the types of fields for granted,
/// and memory and time for as many elements as a damaged list announces.
/// </summary>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes)
{
    /// <summary>The number of a truth value that is false; that of a true one is 1.</summary>
    public const int False = 2;

    private const int MaxDepth = 32;
    private const int Byte = 3, Whole16 = 4, Whole32 = 5, Whole64 = 6, Double = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12;

    // The fields of each struct from number 1, after parquet.thrift of the Parquet format 2.11: a type, a list of it, or another struct.
    private static readonly Dictionary<string, string[]> Structs = new()
    {
        ["File"] = ["i32", "[Schema", "i64", "[Group", "[Pair", "text", "[Order", "Other", "text"],
        ["Schema"] = ["i32", "i32", "i32", "text", "i32", "i32", "i32", "i32", "i32", "Logical"],
        ["Group"] = ["[Chunk", "i64", "i64", "[Sorting", "i64", "i64", "i16"],
        ["Chunk"] = ["text", "i64", "Column", "i64", "i32", "i64", "i32", "Other", "text"],
        ["Column"] = ["i32", "[i32", "[text", "i32", "i64", "i64", "i64", "[Pair", "i64", "i64", "i64", "Statistics", "[Encoding",
            "i64", "i32", "Sizes", "Other"],
        ["Statistics"] = ["text", "text", "i64", "i64", "text", "text", "bool", "bool"],
        ["Pair"] = ["text", "text"],
        ["Order"] = ["Other"],
        ["Sorting"] = ["i32", "bool", "bool"],
        ["Encoding"] = ["i32", "i32", "i32"],
        ["Sizes"] = ["i64", "[i64", "[i64"],
        ["Logical"] = ["Other", "Other", "Other", "Other", "Decimal", "Other", "Time", "Time", "Other", "Integer"],
        ["Decimal"] = ["i32", "i32"],
        ["Time"] = ["bool", "Unit"],
        ["Unit"] = ["Other", "Other", "Other"],
        ["Integer"] = ["i8", "bool"],
        ["Other"] = [],
        ["Page"] = ["i32", "i32", "i32", "i32", "Data", "Other", "Values", "DataV2"],
        ["Data"] = ["i32", "i32", "i32", "i32", "Statistics"],
        ["Values"] = ["i32", "i32", "bool"],
        ["DataV2"] = ["i32", "i32", "i32", "i32", "i32", "i32", "bool", "Statistics"],
    };

    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly Dictionary<(string Struct, long Field), long> numbers = [];
    private int at;

    /// <summary>Bytes that were walked over.</summary>
    public readonly int Length => at;

    /// <summary>A whole number or a truth value among the fields; 0 if it is not there. Of a struct that occurs more than once, the last.</summary>
    public readonly long Number(string name, long field) => numbers.GetValueOrDefault((name, field));

    /// <summary>Walks over a struct.</summary>
    /// <exception cref="InvalidDataException">A field has another type, or a length exceeds what is left.</exception>
    public void Over(string name) => SkipStruct(0, name);

    private void SkipStruct(int depth, string name)
    {
        var number = 0L;
        while (Next() is var header && header != 0)
        {
            // The distance from the field before, or the number with its sign in the last bit.
            number = header >> 4 > 0 ? number + (header >> 4) : Signed(Varint());
            var (fields, type) = (Structs[name], header & 15);
            var expected = number >= 1 && number <= fields.Length ? fields[number - 1] : null;
            if (expected is not null && !Is(type, expected))
                throw new InvalidDataException($"field {number} of {name} has another type");
            // The types 1 and 2 are the truth values themselves.
            if (type is >= Whole16 and <= Whole64)
                numbers[(name, number)] = Signed(Varint());
            else if (type > False)
                Skip(type, depth, expected);
            else
                numbers[(name, number)] = type;
        }
    }

    private static long Signed(ulong coded) => (long)(coded >> 1) ^ -(long)(coded & 1);

    private static bool Is(int type, string expected) => expected switch
    {
        "bool" => type is 1 or 2,
        "i8" => type == Byte,
        "i16" => type == Whole16,
        "i32" => type == Whole32,
        "i64" => type == Whole64,
        "text" => type == Binary,
        ['[', ..] => type == List,
        _ => type == Struct,
    };

    private void Skip(int type, int depth, string? expected)
    {
        switch (type)
        {
            case <= Byte:
                Move(1);
                break;
            case >= Whole16 and <= Whole64:
                Varint();
                break;
            case Double:
                Move(sizeof(double));
                break;
            case Binary:
                Move(Varint());
                break;
            case List or Set or Map when depth < MaxDepth:
                SkipElements(type == Map, depth + 1, expected?.TrimStart('['));
                break;
            case Struct when depth < MaxDepth:
                SkipStruct(depth + 1, expected ?? "Other");
                break;
            default:
                throw new InvalidDataException("a type is unknown, or nested too deeply");
        }
    }

    private void SkipElements(bool isMap, int depth, string? expected)
    {
        var header = isMap ? 0xf0 : Next();
        var count = header >> 4 == 15 ? Varint() : (ulong)header >> 4;
        // An element takes a byte at least.
        if (count > (ulong)(bytes.Length - at))
            throw new InvalidDataException($"a list of {count} elements in the {bytes.Length - at} bytes that are left");
        var types = isMap && count > 0 ? Next() : header & 15;
        if (expected is not null && !isMap && !Is(types & 15, expected))
            throw new InvalidDataException("a list has elements of another type");
        for (var i = 0UL; i < count; i++)
        {
            if (isMap)
                Skip(types >> 4, depth, null);
            Skip(types & 15, depth, isMap ? null : expected);
        }
    }

    private int Next()
    {
        Move(1);
        return bytes[at - 1];
    }

    private void Move(ulong count)
    {
        if (count > (ulong)(bytes.Length - at))
            throw new InvalidDataException("a field ends beyond its place");
        at += (int)count;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var some = Next();
            value |= (ulong)(some & 127) << shift;
            if (some < 128)
                return value;
        }
        throw new InvalidDataException("a number has no end");
    }
}
