using System.Formats.Tar;
using System.Text;
using SkiaSharp;

namespace Vae.Torch.Tests;

/// <summary>Tar files of pictures are the pictures that they were made of.</summary>
public class TarFolderTests
{
    private const int Side = 4;

    private static readonly DataOptions Held = new(Test: 0.2, Validation: 0.1, Seed: 3, Decoder: ImageDecoders.Skia, ShuffleBlocks: 2),
        Read = Held with { Memory = 1 };

    private static byte[] Picture(int seed, int side = Side)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var i = 0; i < side * side; i++)
            bitmap.SetPixel(i % side, i / side, new((byte)(37 * seed + 11 * i), (byte)(37 * seed + 11 * i), (byte)(37 * seed + 11 * i)));
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    private static byte[] Tar(TarEntryFormat format, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                writer.WriteEntry(entry);
            }
        return stream.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] entries) => Tar(TarEntryFormat.Pax, entries);

    // Three files of blocks of 256 and 44 pictures.
    private static TempFolder Shards()
    {
        var folder = new TempFolder();
        for (var shard = 0; shard < 3; shard++)
            folder.Write($"shards/{shard:00}.tar", Tar([.. Enumerable.Range(300 * shard, 300).Select(i =>
                ($"pictures/{"abc"[i % 3]}/{i:000}.png", Picture(i)))]));
        return folder;
    }

    private static Experiment Experiment(Dataset train, int shards = 1)
    {
        var tiny = Samples.Tiny.With(
            model: Zoo.Conv(train.Shape, 2, 5).With(condition: Conditions.Label(3), likelihood: Likelihoods.Bernoulli),
            data: new("shards", Binarizations.Stochastic, 0.1, ShuffleBlocks: 2));
        return tiny.With(train: tiny.Train.With(epochs: 2, batch: 64, shards: shards));
    }

    [Fact]
    public void ItHasTheExamplesOfTheFolderThatWasPacked()
    {
        using var folder = Shards();
        for (var i = 0; i < 900; i++)
            folder.Write($"loose/{"abc"[i % 3]}/{i:000}.png", Picture(i));
        var loose = ImageFolder.Read(folder["loose"], Held);
        foreach (var options in new[] { Held, Read })
        {
            var data = DataSources.Load(folder["shards"], options with { Test = 0, Validation = 0 }).Train;
            Assert.Equal(options == Read, data.Pixels.Stored is not null);
            Assert.Equal((loose.Shape, loose.Count, loose.Facts()), (data.Shape, data.Count, data.Facts()));
            Assert.Equal(loose.Classes, data.Classes);
            // The folder has one class after the other.
            Assert.Equal(Lines(loose).Order(), Lines(data).Order());
        }

        static IEnumerable<string> Lines(Dataset data) => data.Pixels.Match(
            bytes => Enumerable.Range(0, data.Count).Select(i =>
                $"{data.Labels.Span[i]} {Convert.ToHexString(bytes.Span.Slice(i * data.ItemSize, data.ItemSize))}").ToList(), _ => []);
    }

    [Fact]
    public void ItTrainsToTheSameBitsWhereverItLiesAndHoweverItIsInterrupted()
    {
        using var folder = Shards();
        DataSplit held = DataSources.Load(folder["shards"], Held), read = DataSources.Load(folder["shards"], Read);
        Assert.True(held.Train.Pixels.Stored is null && read.Train.Pixels.Stored is not null);
        var experiment = Experiment(held.Train);
        Trainer.Train(experiment, held, new(folder["held"], Threads: 1));
        Trainer.Train(experiment, read, new(folder["read"], Threads: 1));
        ResumeLawTests.Equal(folder["held"], folder["read"]);
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var counting = new Each(received => { if (received is TrainEvent.Progressed && ++steps == 5) stop.Cancel(); });
        Assert.Equal(Outcome.Interrupted,
            Trainer.Train(experiment, read, new(folder["parts"], Threads: 1), Pace.EachStep, counting, stop.Token).Outcome);
        Trainer.Train(experiment, read, new(folder["parts"], Threads: 1, Resume: true));
        ResumeLawTests.Equal(folder["held"], folder["parts"]);
    }

    [Fact]
    public void RanksSeeWhatOneProcessSees()
    {
        using var folder = Shards();
        DataSplit Load() => DataSources.Load(folder["shards"], Read);
        var experiment = Experiment(Load().Train, shards: 2);
        Trainer.Train(experiment, Load(), new(folder["one"], Threads: 1));
        RankThreads.Run(2, ranks => Trainer.Train(experiment, Load(), new(folder["two"], Threads: 1, Ranks: ranks)));
        ResumeLawTests.Equal(folder["one"], folder["two"]);
    }

    [Fact]
    public void AnEpochHasEachExampleOnceAndNeighboursStayNear()
    {
        using var folder = Shards();
        var train = DataSources.Load(folder["shards"], Read with { Test = 0, Validation = 0 }).Train;
        using BatchSource batches = Batches(ShuffleBlocks: 2), lying = Batches(ShuffleBlocks: 0);
        var rows = Rows(lying);
        // Those of each block, and the first two blocks of an epoch before any other.
        var blocks = rows.Zip(train.Blocks.ToArray()).GroupBy(pair => pair.Second, pair => pair.First).Select(block => block.ToList()).ToList();
        Assert.Equal([256, 44, 256, 44, 256, 44], blocks.Select(block => block.Count));
        var orders = new[] { 0, 1, 0 }.Select(epoch =>
        {
            batches.Shuffle(epoch);
            return Rows(batches);
        }).ToList();
        Assert.Equal(orders[0], orders[2]);
        Assert.NotEqual(orders[0], orders[1]);
        Assert.All(orders, order => Assert.Equal(rows.Order(), order.Order()));
        Assert.All(orders, order => Assert.Contains(blocks.SelectMany((one, i) => blocks.Skip(i + 1).Select(other => one.Concat(other).ToList())),
            two => two.Order().SequenceEqual(order.Take(two.Count).Order())));

        BatchSource Batches(int ShuffleBlocks) =>
            new(train, Conditions.None, Binarizations.None, 50, 1, TorchSharp.torch.CPU) { ShuffleBlocks = ShuffleBlocks };

        static List<string> Rows(BatchSource source) => [.. Enumerable.Range(0, (int)source.Batches).SelectMany(place =>
        {
            using var scope = TorchSharp.torch.NewDisposeScope();
            var values = source.At(place, Purpose.Binarize, 0).Values.flatten(1).ToFloats();
            return values.Chunk(source.Data.ItemSize).Select(row => string.Join(' ', row)).ToList();
        })];
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void EveryFormatIsRead(TarEntryFormat format)
    {
        using var folder = new TempFolder();
        var path = folder.Write("a.tar", Tar(format, ("x/1.png", Picture(1)), ("y/2.png", Picture(2)), ("x/3.png", Picture(3))));
        var data = DataSources.Load(path, Held with { Test = 0, Validation = 0 }).Train;
        Assert.Equal(["x", "y"], data.Classes);
        Assert.Equal([0, 1, 0], data.Labels.ToArray());
    }

    [Fact]
    public void ClassesAreThoseOfEntriesBesideThePictures()
    {
        static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
        Assert.Equal("10,2,10 of 2,10", Labels(("a.png", Picture(1)), ("a.cls", Text("10\n")), ("b.cls", Text("2")), ("b.png", Picture(2)),
            ("c.left.png", Picture(3)), ("c.cls", Text("10")), ("c.json", Text("{}"))));
        Assert.Equal("cat,dog,cat,dog of cat,dog", Labels(("a.png", Picture(1)), ("a.txt", Text("cat")), ("b.png", Picture(2)),
            ("b.txt", Text("dog")), ("c.png", Picture(1)), ("c.txt", Text("cat")), ("d.png", Picture(2)), ("d.txt", Text("dog"))));
        Assert.Equal(" of ", Labels(
            ("a.png", Picture(1)), ("a.txt", Text("a cat on a mat")), ("b.png", Picture(2)), ("b.txt", Text("a dog"))));
        Assert.Equal(" of ", Labels(("all/a.png", Picture(1)), ("all/b.png", Picture(2))));
        Assert.Equal("x,y of x,y", Labels(("./all/x/a.png", Picture(1)), ("./all/y/deep/b.png", Picture(2))));
        Damage.Refused(() => Labels(("a.png", Picture(1)), ("a.cls", Text("1")), ("b.png", Picture(2))),
            "a.tar: must have a class beside every picture (.cls), got none for b.png");
        Damage.Refused(() => Labels(("x/a.png", Picture(1)), ("b.png", Picture(2))), "a.tar: must have every picture in a folder");
        Damage.Refused(() => Labels(("a.png", Picture(1)), ("a.cls", new byte[300])),
            "a.tar: must have a class of at most 256 bytes in a.cls");

        static string Labels(params (string, byte[])[] entries)
        {
            using var folder = new TempFolder();
            var data = DataSources.Load(folder.Write("a.tar", Tar(entries)), Held with { Test = 0, Validation = 0 }).Train;
            return $"{string.Join(',', data.Labels.ToArray().Select(label => data.Classes[label]))} of {string.Join(',', data.Classes)}";
        }
    }

    /// <summary>Names are never opened as paths, and what is no picture is counted.</summary>
    [Fact]
    public void NothingButPicturesIsReadAndNothingIsWritten()
    {
        using var folder = new TempFolder();
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach (var name in new[] { "../../escape.png", "/rooted.png", "..\\..\\back.png", "._hidden.png", "__MACOSX/a.png", "a.csv" })
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Picture(1)) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link.png") { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "empty"));
        }
        folder.Write("in/deep/a.tar", stream.ToArray());
        var before = Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).ToList();
        var data = DataSources.Load(folder["in/deep"], Read with { Test = 0, Validation = 0, ShuffleBlocks = 0 }).Train;
        Assert.Equal(1, data.Notes.Count(note => note.Contains("links and other entries", StringComparison.Ordinal)));
        Assert.Equal(["files .csv are not read: 1", "hidden files are not read: 2",
            "links and other entries that are no files are not read: 1"], data.Notes);
        Assert.Equal(3, data.Count);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void PicturesThatLoseDigitsAreCountedAsInAFolder()
    {
        byte[] shallow = [.. "P2 2 1 4 0 4\n"u8], digits = [.. "P5 2 1 1024 \u0000\u0000\u0004\u0000"u8];
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.RgbaF16, SKAlphaType.Premul));
        using var folder = new TempFolder();
        folder.Write("a.tar", Tar(("a.pgm", shallow), ("b.pgm", digits), ("c.png", bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray())));
        foreach (var memory in new[] { 1, 3, 1000 })
        {
            var data = DataSources.Load(folder["a.tar"], Held with { Test = 0, Validation = 0, Memory = memory, Channels = 1 }).Train;
            Assert.Equal([$"pictures of 16 bits a channel are read with 8: 2 (first: {folder["a.tar"]}:b.pgm)"], data.Notes);
            Assert.Equal([0, 255, 0, 255], data.Take([0, 1]).Pixels.Match(bytes => bytes.ToArray(), _ => []));
        }
    }

    [Fact]
    public void PartsAreTheFoldersOfTheirNames()
    {
        using var folder = new TempFolder();
        folder.Write("all/train/0.tar", Tar(("x/1.png", Picture(1)), ("y/2.png", Picture(2)), ("x/3.png", Picture(3))));
        folder.Write("all/test/0.tar", Tar(("y/4.png", Picture(4)), ("z/5.png", Picture(5))));
        var split = DataSources.Load(folder["all"], new(Decoder: ImageDecoders.Skia));
        Assert.Equal((3, 0, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(["x", "y", "z"], split.Train.Classes);
        Assert.Equal([1, 2], split.Test.Labels.ToArray());
    }

    [Fact]
    public void WhatAFileCannotHoldIsOneSentence()
    {
        var whole = Tar(("x/a.png", Picture(1)), ("x/b.png", Picture(2)));
        using var folder = new TempFolder();
        string Error(byte[] content, DataOptions? options = null)
        {
            var path = folder.Write("a.tar", content);
            return Assert.Throws<VaeException>(() => DataSources.Load(path, options ?? Read)).Message
                .Replace(path, "FILE", StringComparison.Ordinal);
        }
        Assert.StartsWith("FILE: must hold pictures (.png", Error(Tar(("x/a.csv", [1]))));
        Assert.StartsWith("FILE: must be a readable, undamaged file, got: ", Error([.. Enumerable.Repeat((byte)'x', 2000)]));
        Assert.StartsWith("FILE:x/b.png: must be 4x4 like the first image",
            Error(Tar(("x/a.png", Picture(1)), ("x/b.png", Picture(2, 5)))));
        Assert.StartsWith("FILE:x/b.png: must be an image", Error(Tar(("x/a.png", Picture(1)), ("x/b.png", [1, 2, 3]))));
        Assert.StartsWith("FILE: must have a decoder", Error(whole, Read with { Decoder = null }));
    }

    [Fact]
    public void ADamagedHeaderIsRefusedOrReads()
    {
        var whole = Tar(TarEntryFormat.Ustar, ("a.png", Picture(1)))[..1536];
        using var folder = new TempFolder();
        for (var i = 0; i < 512; i++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[i] ^= (byte)(1 << i % 8);
            // What changes the checksum alone is refused for it; anything else is read with a right one.
            if (i is < 148 or >= 156)
                Sum(damaged);
            var path = folder.Write("a.tar", damaged);
            var error = Record.Exception(() => TarShard.Read(path));
            Assert.True(error is null or VaeException, $"byte {i}: {error}");
        }
    }

    // The second of the two empty blocks says nothing, and tar pads no further.
    [Fact]
    public void ACutFileIsRefused()
    {
        var whole = Tar(TarEntryFormat.Ustar, ("x/a.png", Picture(1)), ("y/b.png", Picture(2)))[..^512];
        using var folder = new TempFolder();
        foreach (var length in Enumerable.Range(0, whole.Length).Where(length => length % 64 is 0 or 1 or 63))
        {
            var path = folder.Write("a.tar", whole[..length]);
            Damage.Refused(() => TarShard.Read(path), path, $"cut to {length}");
        }
    }

    /// <summary>No memory is taken for what a header only announces.</summary>
    [Fact]
    public void AnAnnouncedSizeIsCheckedBeforeMemoryIsTaken()
    {
        var whole = Tar(TarEntryFormat.Ustar, ("x/a.png", Picture(1)));
        Encoding.ASCII.GetBytes("07777777777\0").CopyTo(whole, 124);
        Sum(whole);
        using var folder = new TempFolder();
        var path = folder.Write("a.tar", whole);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damage.Refused(() => DataSources.Load(path, Read), "must hold the 1073741823 bytes that its entry x/a.png announces");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    /// <summary>Nor for a name or attributes, which the reader takes into memory at once.</summary>
    [Theory]
    [InlineData('x', 0x3fffffff)]
    [InlineData('g', 0x3fffffff)]
    [InlineData('L', 0x3fffffff)]
    [InlineData('K', 0x3fffffff)]
    [InlineData('x', 3 << 20)]
    [InlineData('L', 3 << 20)]
    public void AnAnnouncedNameIsCheckedBeforeMemoryIsTaken(char type, int size)
    {
        var whole = Tar(TarEntryFormat.Gnu, ("x/a.png", Picture(1)), ("x/b.png", new byte[4 << 20]));
        // The header of the second entry, after one block of the first picture.
        var at = Enumerable.Range(1, 10).Select(i => 512 * i).First(i => whole.AsSpan(i).StartsWith("x/b.png"u8));
        whole[at + 156] = (byte)type;
        Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0') + "\0").CopyTo(whole, at + 124);
        Sum(whole, at);
        using var folder = new TempFolder();
        var path = folder.Write("a.tar", whole);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damage.Refused(() => TarShard.Read(path), $"a name or attributes of {size} bytes at byte {at}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Theory]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void LongNamesAndAttributesOfAllEntriesAreRead(TarEntryFormat format)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            if (format == TarEntryFormat.Pax)
                foreach (var comment in new[] { "one", "two" })
                    writer.WriteEntry(new PaxGlobalExtendedAttributesTarEntry(new Dictionary<string, string> { ["comment"] = comment }));
            foreach (var name in new[] { $"{new string('x', 150)}/1.png", $"{new string('y', 200)}/2.png" })
            {
                TarEntry entry = format == TarEntryFormat.Pax ? new PaxTarEntry(TarEntryType.RegularFile, name)
                    : new GnuTarEntry(TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(Picture(1));
                writer.WriteEntry(entry);
            }
        }
        using var folder = new TempFolder();
        var data = DataSources.Load(folder.Write("a.tar", stream.ToArray()), Held with { Test = 0, Validation = 0 }).Train;
        Assert.Equal([new string('x', 150), new string('y', 200)], data.Classes);
    }

    [Fact]
    public void TarFilesBesideOtherPicturesAreRefused()
    {
        using var folder = new TempFolder();
        var tar = Tar(("x/1.png", Picture(1)), ("y/2.png", Picture(2)));
        folder.Write("one/backup.tar", tar);
        folder.Write("one/cats/1.png", Picture(1));
        Damage.Refused(() => DataSources.Load(folder["one"], Read), "got both (backup.tar beside cats/1.png)");
        folder.Write("two/all.tar", tar);
        folder.Write("two/train/0.tar", tar);
        folder.Write("two/test/0.tar", tar);
        Damage.Refused(() => DataSources.Load(folder["two"], Read), "got both (all.tar beside train)");
    }

    [Fact]
    public void FoldersAreSharedByAllParts()
    {
        using var folder = new TempFolder();
        folder.Write("all/train/0.tar", Tar(("x/1.png", Picture(1)), ("y/2.png", Picture(2)), ("x/3.png", Picture(3))));
        folder.Write("all/test/0.tar", Tar(("y/4.png", Picture(4)), ("y/5.png", Picture(5))));
        var split = DataSources.Load(folder["all"], new(Decoder: ImageDecoders.Skia));
        Assert.Equal([1, 1], split.Test.Labels.ToArray());
    }

    private static void Sum(byte[] tar, int at = 0)
    {
        Encoding.ASCII.GetBytes("        ").CopyTo(tar, at + 148);
        var sum = tar.Skip(at).Take(512).Sum(value => value);
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(tar, at + 148);
    }
}
