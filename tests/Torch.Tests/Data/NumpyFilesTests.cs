using System.IO.Compression;
using System.Text;
using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public sealed class NumpyFilesTests : IDisposable
{
    private static byte[] File(string header, byte[] data, byte version = 1)
    {
        var text = Encoding.Latin1.GetBytes(header + "\n");
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    private static byte[] Array(string dtype, string shape, params byte[] data) =>
        File($"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({shape}), }}", data);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create))
            foreach (var (name, bytes) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        return buffer.ToArray();
    }

    private static Dataset Read(string name, byte[] bytes)
    {
        using var folder = new TempFolder();
        return NumpyFiles.Read(folder.Write(name, bytes));
    }

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Written(string name, byte[] bytes) => folder.Write(name, bytes);

    private static float[] Values(Dataset set)
    {
        var values = new float[set.Pixels.Length];
        set.Pixels.CopyTo(0, values);
        return values;
    }

    private static byte[] Bytes<T>(params T[] values) where T : unmanaged =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    [Property(Replay = "(31,1)", MaxTest = 50)]
    public bool BytesAreReadAsTheyAre(byte[] seed, bool third)
    {
        byte[] data = [.. seed, 2, 0];
        return Values(
            Read("a.npy", File($"{{\"shape\": ({data.Length},1), 'fortran_order':False,'descr':'|u1'}}", data, (byte)(third ? 3 : 1))))
            .SequenceEqual(data.Select(b => b / 255f));
    }

    [Theory]
    [InlineData("<f4")]
    [InlineData("<f8")]
    public void FloatsAreReadAsTheyAre(string dtype) =>
        Assert.Equal([0, 0.5f, 1, 0.25f],
            Values(Read("a.npy", Array(dtype, "2, 2", dtype == "<f4" ? Bytes(0, 0.5f, 1, 0.25f) : Bytes(0, 0.5, 1, 0.25)))));

    [Theory]
    [InlineData("2, 64", "1×8×8")]
    [InlineData("2, 3, 5", "1×3×5")]
    [InlineData("2, 3, 4, 5", "3×4×5")]
    [InlineData("2, 4, 5, 3", "3×4×5")]
    [InlineData("2, 7", "7")]
    public void TheKindOfAnItemFollowsFromItsShape(string shape, string item) =>
        Assert.Equal(item, Read("a.npy", Array("|u1", shape, new byte[shape.Split(", ")
            .Aggregate(1, (a, b) => a * int.Parse(b, System.Globalization.CultureInfo.InvariantCulture))])).Shape.ToString());

    [Fact]
    public void ChannelsComeFirst() =>
        Assert.Equal([1, 4, 2, 5, 3, 6], Read("a.npy", Array("|u1", "1, 2, 1, 3", 1, 2, 3, 4, 5, 6))
            .Pixels.Match(b => b.ToArray().Select(v => (int)v), _ => []));

    [Fact]
    public void AnArchiveHoldsItemsAndLabels()
    {
        var items = Array("|u1", "3, 2", 9, 8, 7, 6, 5, 4);
        var set = Read("a.npz", Zip(("images.npy", items), ("labels.npy", Array("<i8", "3,", Bytes(2L, 0L, 1L)))));
        Assert.Equal([2, 0, 1], set.Labels.ToArray());
        Assert.Equal(["0", "1", "2"], set.Classes);
        Assert.False(Read("a.npz", Zip(("arr_0.npy", items))).HasLabels);
        Damage.Refused(() => Read("a.npz", Zip(("x.npy", items), ("images.npy", items))), "got x, images");
        Damage.Refused(() => Read("a.npz", Zip(("other.npy", items))), "got the keys other");
        Damage.Refused(() => Read("a.npz", Zip(("x.npy", items), ("y.npy", Array("<i8", "2,", Bytes(0L, 1L))))),
            "y: must hold labels (3,), one for each item, got shape (2)");
        Damage.Refused(() => Read("a.npz", Zip(("x.npy", items), ("y.npy", Array("<i8", "3,", Bytes(0L, -1L, 0))))),
            "y[1]: must be a whole number of at least 0, got -1");
    }

    [Theory]
    [InlineData("{'descr': '>f16', 'fortran_order': False, 'shape': (1, 1)}", "a.npy.dtype: must be |b1, |u1, |i1, or <u2,")]
    [InlineData("{'descr': '<U1', 'fortran_order': False, 'shape': (1, 1)}", "a.npy.dtype: must be a type of numbers, got <U1")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1)}", "got |O")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1, 1)}", "fortran_order False or True, got 'Maybe'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999)}", "a file too short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999, 9999999, 9999999, 9999999)}", "a file too short")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 1)}", "whole numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 99999999999)}", "whole numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", "at least two dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}", "at least two dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "descr, fortran_order and shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)} + evil()", "nothing after")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1, 1)}", "a quoted word")]
    [InlineData("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "once each")]
    [InlineData("__import__('os')", "'{'")]
    [InlineData("", "'{'")]
    public void AHeaderThatIsNotUnderstoodIsRefused(string header, string mention) =>
        Damage.Refused(() => Read("a.npy", File(header, new byte[4])), mention);

    [Fact]
    public void NumbersOutsideTheRangeAreNamedWithTheirPlace() =>
        Damage.Refused(() => Read("a.npy", Array("<f4", "2, 2", Bytes(0, 0.5f, float.NaN, 0))), "a.npy, item 1, value 0: ");

    public static TheoryData<string, byte[]> Types => new()
    {
        { "|b1", [1, 0, 1] }, { "|u1", [1, 0, 4] }, { "|i1", [1, 0, 4] },
        { "<i2", Bytes<short>(1, 0, 4) }, { "<u2", Bytes<ushort>(1, 0, 4) }, { "<u4", Bytes<uint>(1, 0, 4) },
        { "<u8", Bytes<ulong>(1, 0, 4) }, { "<f2", Bytes((Half)1, (Half)0, (Half)4) }, { ">i2", [0, 1, 0, 0, 0, 4] },
        { ">f4", [0x3f, 0x80, 0, 0, 0, 0, 0, 0, 0x40, 0x80, 0, 0] }, { ">i4", [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4] },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryTypeOfNumbersIsRead(string dtype, byte[] bytes)
    {
        var set = NumpyFiles.Read(Written("a.npy", Array(dtype, "3, 1", bytes)), new(RawValues: true));
        Assert.Equal([1, 0, dtype == "|b1" ? 1 : 4], Values(set));
    }

    [Fact]
    public void FortranOrderIsTheTransposedOfTheTransposed()
    {
        // As numpy.asfortranarray(arange(12).reshape(2, 3, 2)) is saved.
        byte[] data = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11];
        var set = NumpyFiles.Read(
            Written("a.npy", File("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 2), }", data)),
            new(RawValues: true));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), Values(set));
    }

    [Fact]
    public void LabelsFarApartAndTextsAreClasses()
    {
        var items = Array("|u1", "3, 2", 9, 8, 7, 6, 5, 4);
        var far = Read("a.npz", Zip(("x.npy", items), ("y.npy", Array("<i4", "3,", Bytes(5000, 7, 5000)))));
        Assert.Equal(["7", "5000"], far.Classes);
        Assert.Equal([1, 0, 1], far.Labels.ToArray());
        var words = Read("a.npz", Zip(("x.npy", items), ("y.npy", Array("<U3", "3,", Encoding.UTF32.GetBytes("dogcatox\0")))));
        Assert.Equal(["cat", "dog", "ox"], words.Classes);
        Assert.Equal([1, 0, 2], words.Labels.ToArray());
        Assert.Equal(["0", "1", "2"], Read("a.npz", Zip(("x.npy", items), ("y.npy", Array("|u1", "3,", 0, 2, 2)))).Classes);
    }

    [Theory]
    [InlineData("3, 1")]
    [InlineData("")]
    [InlineData("0,")]
    public void LabelsOfAnotherShapeAreRefused(string shape)
    {
        var labels = Array("|u1", shape, shape switch { "" => [1], "0," => [], _ => [1, 0, 1] });
        Damage.Refused(
            () => Read("a.npz", Zip(("x.npy", Array("|u1", "3, 2", 9, 8, 7, 6, 5, 4)), ("y.npy", labels))),
            "y: must hold labels (3,)");
    }

    [Fact]
    public void BooleansAreNoOtherBytes() =>
        Damage.Refused(
            () => Read("a.npy", Array("|b1", "2, 2", 0, 1, 2, 1)),
            "a.npy, value 2: must be 0 or 1 in an array of booleans, got 2");

    [Fact]
    public void TrainingAndTestSetsMayBeOneFile()
    {
        (string, byte[]) x = ("x_train.npy", Array("|u1", "3, 2", 9, 8, 7, 6, 5, 4)),
            test = ("x_test.npy", Array("|u1", "2, 2", 3, 2, 1, 0));
        (string, byte[]) y = ("y_train.npy", Array("<i4", "3,", Bytes(5000, 7, 5000))),
            tested = ("y_test.npy", Array("<i4", "2,", Bytes(7, 90)));
        var split = DataSources.Load(Written("a.npz", Zip(x, y, test, tested)));
        Assert.Equal((3, 0, 2), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(["7", "90", "5000"], split.Test.Classes);
        Assert.Equal([2, 0, 2], split.Train.Labels.ToArray());
        Assert.Equal([0, 1], split.Test.Labels.ToArray());
        Damage.Refused(() => DataSources.Load(Written("a.npz", Zip(x, y, test))), "got them in one");
        Damage.Refused(
            () => DataSources.Load(Written("a.npz", Zip(x, ("x_test.npy", Array("|u1", "1, 3", 1, 2, 3))))),
            "of the training items' shape 2, got 3");
    }

    [Fact]
    public void TextsOfAFileNeitherControlATerminalNorFillIt()
    {
        var error = Damage.Refused(
            () => Read("a.npy", File($"{{'descr': '\u001b[2J{new string('x', 50_000)}', 'fortran_order': False, 'shape': (1, 1)}}", [1])),
            "\\u001b[2J");
        Assert.DoesNotContain('\u001b', error.Message);
        Assert.InRange(error.Message.Length, 1, 3000);
    }

    [Fact]
    public void ATruncatedFileIsRefused()
    {
        var array = Array("<f4", "2, 2", Bytes(0, 0.5f, 1, 0.25f));
        Damage.EveryTruncationIsRefused(array, "a.npy", path => NumpyFiles.Read(path));
        Damage.EveryTruncationIsRefused(Zip(("x.npy", array)), "a.npz", path => NumpyFiles.Read(path));
    }

    [Fact]
    public void ADamagedFileIsRefusedOrReads() =>
        Damage.NoFlippedBitEscapes(Array("<f4", "2, 2", Bytes(0, 0.5f, 1, 0.25f)), "a.npy", path => NumpyFiles.Read(path));

    [Fact]
    public void TheChecksumIsThatOfZip()
    {
        // The check value of CRC-32 in the catalogues of such codes.
        Assert.Equal(0xcbf43926, Crc32.Compute(new MemoryStream("123456789"u8.ToArray()), 9));
        Assert.Null(Crc32.Compute(new MemoryStream("123456789"u8.ToArray()), 8));
    }

    [Fact]
    public void ADamagedArchiveNeverReadsAsOtherNumbers()
    {
        var (x, y) = (Array("|u1", "2, 2", 9, 8, 7, 6), Array("|u1", "2,", 0, 1));
        byte[] whole = Zip(("x.npy", x), ("y.npy", y));
        using var folder = new TempFolder();
        var intact = NumpyFiles.Read(folder.Write("a.npz", whole));
        Damage.NoFlippedBitEscapes(whole, "a.npz", path =>
        {
            var set = NumpyFiles.Read(path);
            Assert.Equal(Values(intact), Values(set));
            // A damaged name can lose the labels, yet never change them.
            Assert.True(!set.HasLabels || set.Labels.Span.SequenceEqual(intact.Labels.Span));
        });
    }

    [Fact]
    public void AnArchiveThatExpandsWithoutEndIsRefused()
    {
        using var folder = new TempFolder();
        var bomb = Zip(("x.npy", Array("|u1", "1, 1", new byte[50_000_000])));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Damage.Refused(() => NumpyFiles.Read(folder.Write("a.npz", bomb)), "got more");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }
}
