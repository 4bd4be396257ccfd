using System.Buffers.Binary;
using System.IO.Compression;

namespace Vae.Torch;

/// <summary>Reads the IDX format of MNIST (LeCun, Cortes and Burges 1998): bytes only, plain or gzip-compressed.</summary>
internal static class Idx
{
    private const int UnsignedByte = 8, LongestDimensions = 4;

    /// <summary>Reads images [N, H, W] and labels [N], indices into <paramref name="classes"/>, as one data set.</summary>
    /// <exception cref="VaeException">A file is absent or damaged, or there is not one label for each image.</exception>
    public static Dataset Read(string name, string imagesPath, string labelsPath, IReadOnlyList<string> classes)
    {
        var (dims, pixels) = ReadArray(imagesPath, 3);
        var (labelDims, labels) = ReadArray(labelsPath, 1);
        if (labelDims[0] != dims[0])
            throw new VaeException($"{labelsPath}: must hold a label for each of {dims[0]} images of {imagesPath}, got {labelDims[0]}");
        return Dataset.Create(
            name, Shape.Image(1, dims[1], dims[2]), Pixels.OfBytes(pixels), Array.ConvertAll(labels, b => (int)b), classes);
    }

    /// <summary>Reads the dimensions and bytes of a file, which must have <paramref name="rank"/> dimensions.</summary>
    internal static (int[] Dims, byte[] Data) ReadArray(string path, int rank) => Disk.Read(path, file =>
    {
        // A gzip file begins with 1f 8b, an IDX file with two zeros.
        var gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        if (!gzip)
            return ReadFrom(file, path, rank, file.Length);
        using var content = new GZipStream(file, CompressionMode.Decompress);
        var array = ReadFrom(content, path, rank, checked(file.Length * Disk.DeflateRatio));
        if (!Gzip.EndsWithSize(file, 4L + 4 * rank + array.Data.Length))
            throw new VaeException($"{path}: must end with the size of its content, got another: the file is truncated or damaged");
        return array;
    });

    /// <summary>Reads the dimensions and bytes of a stream of at most <paramref name="limit"/> bytes; the path is for messages.</summary>
    internal static (int[] Dims, byte[] Data) ReadFrom(Stream stream, string path, int rank, long limit)
    {
        var header = new byte[4 + 4 * rank];
        var got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got >= 4)
            CheckMagic(header, path, rank);
        if (got < header.Length)
            throw new VaeException($"{path}: must begin with a header of {header.Length} bytes, got {got}");
        var dims = new int[rank];
        for (var i = 0; i < rank; i++)
            dims[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + 4 * i));
        var size = Size(dims, path);
        if (size > limit - header.Length)
            throw new VaeException(
                $"{path}: must hold the {size} bytes its header announces ({string.Join('x', dims)}), got a file too short for them");
        return (dims, Disk.Exactly(stream, (int)size, path));
    }

    private static void CheckMagic(byte[] header, string path, int rank)
    {
        if (header[0] != 0 || header[1] != 0 || header[3] is 0 or > LongestDimensions)
            throw new VaeException($"{path}: must be an IDX file, beginning 00 00 08 0{rank}, got {Convert.ToHexString(header, 0, 4)}");
        if (header[2] != UnsignedByte)
            throw new VaeException($"{path}: must hold unsigned bytes (type 08), got type {header[2]:x2}");
        if (header[3] != rank)
            throw new VaeException($"{path}: must have {rank} dimensions, got {header[3]}");
    }

    private static long Size(int[] dims, string path)
    {
        var size = 1L;
        foreach (var dim in dims)
        {
            // Checked at each factor, so that the product cannot overflow.
            if (dim < 1 || size * dim > Array.MaxLength)
                throw new VaeException(
                    $"{path}: must have dimensions of at least 1 and at most {Array.MaxLength} bytes, got {string.Join('x', dims)}");
            size *= dim;
        }
        return size;
    }
}
