using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace Vae.Torch;

/// <summary>
/// Binary images in a .npy file [N, H, W / 8] of 8 pixels a byte, the first pixel in the highest bit, as <c>numpy.packbits</c> has them;
/// read from the file where they are needed.
/// </summary>
internal sealed class PackedImages : IPixelStore
{
    private const int BitsPerByte = 8, ChunkImages = 256;

    private readonly string path;
    private readonly int start, packedSize;
    private readonly SafeFileHandle file;

    private PackedImages(string path, int start, int count, int packedSize, long memory)
    {
        (this.path, this.start, Count, this.packedSize, Memory) = (path, start, count, packedSize, memory);
        file = Disk.Read(path, _ => File.OpenHandle(path, options: FileOptions.RandomAccess));
    }

    public int Count { get; }

    public int ItemSize => packedSize * BitsPerByte;

    public long Memory { get; }

    public bool IsBinary(int item) => true;

    public void Read(int item, Span<byte> into)
    {
        Span<byte> packed = stackalloc byte[packedSize];
        if (RandomAccess.Read(file, packed, start + (long)item * packedSize) < packedSize)
            throw new VaeException($"{path}: must stay as it was while it is read, got its end in item {item}");
        for (var i = 0; i < into.Length; i++)
            into[i] = (packed[i / BitsPerByte] << i % BitsPerByte & 128) != 0 ? byte.MaxValue : (byte)0;
    }

    /// <summary>Images of an .npz file, bytes 0 and 1, which are packed once into a file of their own.</summary>
    /// <param name="archive">The .npz file.</param>
    /// <param name="key">The key of the images, [N, <paramref name="side"/>, <paramref name="side"/>].</param>
    /// <param name="side">Height and width; a multiple of 8.</param>
    /// <param name="path">
    /// The file of the packed images, whose name becomes one of these images; written if it is absent or has not their size.
    /// </param>
    /// <param name="memory">Maximum number of bytes of examples to hold at a time.</param>
    /// <exception cref="VaeException">The archive is damaged, or the file cannot be written.</exception>
    public static PackedImages Open(string archive, string key, int side, string path, long memory) =>
        Disk.Read(archive, source =>
        {
            using var zip = new ZipArchive(source, ZipArchiveMode.Read);
            var entry = zip.GetEntry(key + ".npy") ?? throw new VaeException($"{archive}: must hold {key}.npy, got no such file");
            var place = $"{archive}:{key}";
            var form = ReadForm(entry, place, side, source.Length);
            var (count, size) = (form.Shape[0], side * side / BitsPerByte);
            path = Path.ChangeExtension(path, FormattableString.Invariant($"{entry.Crc32:x8}.npy"));
            var header = NpyWriter.Header("|u1", count, side, side / BitsPerByte);
            if (!IsThere(path, header, (long)count * size))
            {
                // Ranks and sweeps begin together; the others wait for the first.
                using var alone = FileLock.TakeAsync(path + ".lock", delete: true).GetAwaiter().GetResult();
                if (!IsThere(path, header, (long)count * size))
                    AtomicFile.Write(path, stream =>
                    {
                        stream.Write(header);
                        Pack(entry, form, place, stream);
                    });
            }
            return new PackedImages(path, header.Length, count, size, memory);
        });

    private static NpyForm ReadForm(ZipArchiveEntry entry, string place, int side, long fileLength)
    {
        using var content = entry.Open();
        var form = Npy.ReadForm(content, place);
        if (form is not { Dtype: "|u1", Fortran: false, Shape: [> 0, var height, var width] } || height != side || width != side)
            throw new VaeException($"{place}: must hold bytes [N, {side}, {side}] in C order, got {form.Dtype} "
                + $"({string.Join(", ", form.Shape)}){(form.Fortran ? " in Fortran order" : "")}");
        var length = form.Start + (long)form.Shape[0] * side * side;
        return entry.Length == length && length <= fileLength * Disk.DeflateRatio ? form
            : throw new VaeException($"{place}: must have the {length} bytes that its header announces, got {entry.Length}");
    }

    private static bool IsThere(string path, byte[] header, long size) => File.Exists(path) && Disk.Read(path, file =>
    {
        var start = new byte[header.Length];
        return file.Length == header.Length + size && file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan().SequenceEqual(header);
    });

    private static void Pack(ZipArchiveEntry entry, NpyForm form, string place, Stream into)
    {
        using var content = entry.Open();
        var start = new byte[form.Start];
        content.ReadExactly(start);
        var checksum = Crc32.Append(0, start);
        var size = form.Shape[1] * form.Shape[2];
        var (pixels, packed) = (new byte[ChunkImages * size], new byte[ChunkImages * size / BitsPerByte]);
        var left = (long)form.Shape[0] * size;
        for (var item = 0; left > 0; left -= pixels.Length, item += ChunkImages)
        {
            var some = pixels.AsSpan(0, (int)Math.Min(pixels.Length, left));
            content.ReadExactly(some);
            checksum = Crc32.Append(checksum, some);
            if (some.IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var bad)
                throw new VaeException($"{place}: must hold pixels 0 and 1, got {some[bad]} in item {item + bad / size}");
            Pack(some, packed);
            into.Write(packed.AsSpan(0, some.Length / BitsPerByte));
        }
        ZipEntries.Require(entry, content.ReadByte() < 0 && checksum == entry.Crc32, place);
    }

    private static void Pack(ReadOnlySpan<byte> pixels, Span<byte> into)
    {
        for (var i = 0; i < pixels.Length; i += BitsPerByte)
        {
            var bits = 0;
            foreach (var pixel in pixels.Slice(i, BitsPerByte))
                bits = bits << 1 | pixel;
            into[i / BitsPerByte] = (byte)bits;
        }
    }
}
