using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Vae.Torch;

/// <summary>Pictures in tar files, each read at its place from any thread.</summary>
internal sealed class TarPictures : IPictures
{
    // More files than this are opened for each picture: a process may have about a thousand.
    private const int MaxOpen = 256;

    private readonly string[] paths;
    private readonly Lazy<SafeFileHandle>[] open;
    private readonly (int Shard, int Length, long Offset)[] places;
    private readonly IImageDecoder decoder;
    private readonly PictureFit fit;

    public TarPictures(IReadOnlyList<TarShard> shards, IImageDecoder decoder, PictureFit fit)
    {
        (this.decoder, this.fit, paths) = (decoder, fit, [.. shards.Select(shard => shard.Path)]);
        open = [.. paths.Take(MaxOpen).Select(path => new Lazy<SafeFileHandle>(() => Open(path)))];
        places = [.. shards.SelectMany((shard, i) => shard.Pictures.Select(picture => (i, picture.Length, picture.Offset)))];
    }

    public int Count => places.Length;

    public Shape ShapeOf(int item) => With(item, image => decoder.ShapeOf(paths[places[item].Shard], image));

    // Names are not kept: what a picture is its first bytes say.
    public bool IsDeep(int item)
    {
        var head = new byte[Math.Min(PngDepths.HeadBytes, places[item].Length)];
        Fill(item, head);
        return Pgm.Begins(head) ? With(item, image => Pgm.Header(image.Span, paths[places[item].Shard]).IsDeep) : PngDepths.IsDeep(head);
    }

    public string NameOf(int item)
    {
        var (shard, _, offset) = places[item];
        return $"{paths[shard]}:{TarShard.NameAt(paths[shard], offset)}";
    }

    public void Decode(int item, Shape shape, Span<byte> into)
    {
        var (length, path) = (places[item].Length, paths[places[item].Shard]);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Fill(item, rented.AsMemory(0, length));
            if (fit.Crops)
                decoder.DecodeCropped(path, rented.AsMemory(0, length), shape, into);
            else
                decoder.Decode(path, rented.AsMemory(0, length), shape, fit.Resizes, into);
        }
        catch (VaeException e)
        {
            throw Named(item, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private T With<T>(int item, Func<ReadOnlyMemory<byte>, T> use)
    {
        try
        {
            var bytes = new byte[places[item].Length];
            Fill(item, bytes);
            return use(bytes);
        }
        catch (VaeException e)
        {
            throw Named(item, e);
        }
    }

    private void Fill(int item, Memory<byte> into)
    {
        var (shard, _, offset) = places[item];
        if (shard < open.Length)
        {
            Fill(open[shard].Value, shard, offset, into);
            return;
        }
        using var file = Open(paths[shard]);
        Fill(file, shard, offset, into);
    }

    private void Fill(SafeFileHandle file, int shard, long offset, Memory<byte> into) => Disk.Try(paths[shard], () =>
    {
        for (var got = 0; got < into.Length;)
        {
            var more = RandomAccess.Read(file, into.Span[got..], offset + got);
            if (more == 0)
                throw new VaeException($"{paths[shard]}: must stay as it was while it is read, got its end at byte {offset + got}");
            got += more;
        }
        return true;
    });

    // Names are not kept: millions of them would take more memory than the places. The header is read again for a message.
    private VaeException Named(int item, VaeException error)
    {
        var path = paths[places[item].Shard];
        return error.Message.StartsWith(path, StringComparison.Ordinal)
            ? new($"{NameOf(item)}{error.Message[path.Length..]}", error) : error;
    }

    private static SafeFileHandle Open(string path) => Disk.Try(path, () => File.OpenHandle(path, options: FileOptions.RandomAccess));
}
