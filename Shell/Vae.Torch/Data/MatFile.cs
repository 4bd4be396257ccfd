using System.IO.Compression;

namespace Vae.Torch;

/// <summary>A matrix that is expected in a MAT file.</summary>
/// <param name="Name">Name of the variable.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="MaxColumns">Maximum number of columns.</param>
internal sealed record MatVariable(string Name, int Rows, int MaxColumns);

/// <summary>A matrix of a MAT file.</summary>
internal sealed class MatMatrix(int columns, float[] values)
{
    /// <summary>Number of columns, at least 1.</summary>
    public int Columns { get; } = columns;

    /// <summary>The columns one after the other, [Columns, Rows], flat: numbers as float32, whole ones exact up to 2²⁴.</summary>
    public float[] Values { get; } = values;
}

/// <summary>
/// Reads matrices of real numbers from MAT files of level 5, those of MATLAB's versions 5 to 7; MathWorks, MAT-File Format. Memory is
/// allocated only for what is expected and can be there; other variables are skipped.
/// </summary>
internal static class MatFile
{
    private const int HeaderLength = 128, VersionOffset = 124;

    // Of the classes of arrays: double, single, and whole numbers of 8 to 64 bits. Before them are cells, structures, texts and sparse
    // matrices, behind them functions and objects.
    private const int FirstClassOfNumbers = 6, LastClassOfNumbers = 15;

    private const int Complex = 0x800;

    // 32 dimensions, and a name that is longer than that of any variable.
    private const int LongestField = 128;

    /// <summary>Reads the given variables, in their order.</summary>
    /// <exception cref="VaeException">The file is malformed or truncated, or a variable is missing or of another size.</exception>
    public static IReadOnlyList<MatMatrix> Read(string path, IReadOnlyList<MatVariable> variables) => Disk.Read(path, file =>
    {
        var isBigEndian = IsBigEndian(file, path);
        var found = new Dictionary<string, MatMatrix>();
        while (file.Position < file.Length)
        {
            var tag = new MatElements(file, file.Length - file.Position, isBigEndian, path).Next();
            var end = file.Position + tag.Length;
            if (tag.Type == MatTypes.Compressed)
                Unpack(tag, isBigEndian, path, variables, found);
            else
                ReadMatrix(Inside(tag, isBigEndian, path), variables, found);
            file.Position = end;
        }
        return variables.FirstOrDefault(variable => !found.ContainsKey(variable.Name)) is { } missing
            ? throw new VaeException($"{path}: must hold {string.Join(", ", variables.Select(variable => variable.Name))} "
                + $"as matrices of numbers, got no {missing.Name}")
            : variables.Select(variable => found[variable.Name]).ToArray();
    });

    private static bool IsBigEndian(FileStream file, string path)
    {
        var header = new byte[HeaderLength];
        file.ReadExactly(header);
        return header.AsSpan(VersionOffset) switch
        {
            [0, 1, (byte)'I', (byte)'M'] => false,
            [1, 0, (byte)'M', (byte)'I'] => true,
            var other => throw new VaeException($"{path}: must be a MAT file of level 5 (MATLAB's versions 5 to 7), "
                + $"with 0001494D or 01004D49 at byte {VersionOffset}, got {Convert.ToHexString(other)}"),
        };
    }

    private static MatElements Inside(MatTag tag, bool isBigEndian, string path) => tag.Type == MatTypes.Matrix
        ? new(tag.Content, tag.Length, isBigEndian, path)
        : throw new VaeException($"{path}: must hold matrices (type {MatTypes.Matrix}), got an element of type {tag.Type}");

    private static void Unpack(
        MatTag tag, bool isBigEndian, string path, IReadOnlyList<MatVariable> variables, Dictionary<string, MatMatrix> found)
    {
        // A stream of its own, so that nothing behind the element is taken for its content.
        var packed = new byte[tag.Length <= Array.MaxLength ? tag.Length
            : throw new VaeException($"{path}: must hold variables of at most {Array.MaxLength} compressed bytes, got {tag.Length}")];
        tag.Content.ReadExactly(packed);
        using var content = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var matrix = new MatElements(content, packed.Length * Disk.DeflateRatio, isBigEndian, path).Next();
        // The decompressor compares the checksum at the end of the content.
        if (ReadMatrix(Inside(matrix, isBigEndian, path), variables, found) && content.ReadByte() >= 0)
            throw new VaeException($"{path}: must hold one matrix in each compressed element, got more");
    }

    /// <summary>Reads a matrix if it is one of the variables; returns whether it is.</summary>
    private static bool ReadMatrix(MatElements matrix, IReadOnlyList<MatVariable> variables, Dictionary<string, MatMatrix> found)
    {
        var flags = matrix.Words(matrix.Next(), MatTypes.UInt32, LongestField);
        if (flags is not [var kind, _])
            throw matrix.Wrong($"array flags of 2 words, got {flags.Length}");
        if ((kind & 0xff) is < FirstClassOfNumbers or > LastClassOfNumbers)
            return false;
        var dims = matrix.Words(matrix.Next(), MatTypes.Int32, LongestField);
        var name = matrix.Text(matrix.Next(), LongestField);
        if (variables.FirstOrDefault(variable => variable.Name == name) is not { } wanted)
            return false;
        if (dims is not [var rows, > 0 and var columns] || rows != wanted.Rows || columns > wanted.MaxColumns)
            throw matrix.Wrong($"{name} of {wanted.Rows} rows and 1..{wanted.MaxColumns} columns, got {string.Join('×', dims)}");
        if ((kind & Complex) != 0)
            throw matrix.Wrong($"real numbers in {name}, got complex ones");
        if (!found.TryAdd(name, new((int)columns, matrix.Numbers(matrix.Next(), wanted.Rows * (int)columns))))
            throw matrix.Wrong($"{name} once, got it again");
        matrix.End();
        return true;
    }
}
