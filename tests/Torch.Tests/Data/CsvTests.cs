using System.Text;

namespace Vae.Torch.Tests;

public class CsvTests
{
    private static Dataset Read(string text)
    {
        using var folder = new TempFolder();
        return Csv.Read(folder.Write("t.csv", Encoding.UTF8.GetBytes(text)));
    }

    private static float[] Values(Dataset set)
    {
        var values = new float[set.Pixels.Length];
        set.Pixels.CopyTo(0, values);
        return values;
    }

    [Theory]
    [InlineData("0,0.5\n1,0.25\n")]
    [InlineData("0;0.5\r\n1;0.25")]
    [InlineData("\n0\t0.5\n\n1\t0.25\n\n")]
    [InlineData("a,b\n0,\"0.5\"\n 1 ,2.5e-1\n")]
    [InlineData("label,a,b\n3,0,0.5\n0,1,0.25\n")]
    [InlineData("a,Label,b\n0,cat,0.5\n1,dog,0.25\n")]
    public void TheSameNumbersAreTheSameSet(string text) => Assert.Equal([0, 0.5f, 1, 0.25f], Values(Read(text)));

    [Fact]
    public void LabelsAreNumbersOrWords()
    {
        Assert.Equal([3, 0], Read("label,a\n3,0\n0,1\n").Labels.ToArray());
        Assert.Equal(["0", "1", "2", "3"], Read("label,a\n3,0\n0,1\n").Classes);
        Assert.Equal([1, 0, 1], Read("a,label\n0,dog\n1,cat\n0,dog\n").Labels.ToArray());
        Assert.Equal(["cat", "dog"], Read("a,label\n0,dog\n1,cat\n0,dog\n").Classes);
        Assert.False(Read("a,b\n0,1\n").HasLabels);
    }

    [Fact]
    public void ARowThatFillsASquareIsAPicture()
    {
        Assert.Equal(Shape.Image(1, 28, 28), Read(string.Join(',', Enumerable.Repeat("7", 784))).Shape);
        Assert.Equal(Shape.Vector(16), Read(string.Join(',', Enumerable.Repeat("7", 16))).Shape);
    }

    [Theory]
    [InlineData("", ": must hold at least one line")]
    [InlineData("a,b\n", ": must hold at least one line")]
    [InlineData("0,1\n1,x\n", ":2:2: must be a number, got 'x'")]
    [InlineData("0,1\n1,\n", ":2:2: must be a number, got ''")]
    [InlineData("0,1\n1\n", ":2: must have 2 columns as the first line has, got 1")]
    [InlineData("0,1\n1,NaN\n", ":2:2: must be a number in [0, 1]")]
    [InlineData("label,a,b\n0,0,1\n1,-1,0\n", ":3:2: must be a number in [0, 1]")]
    [InlineData("a,label,b\n0,1,300\n", ":2:3: must be a number in [0, 1]")]
    [InlineData("0,1\n\n0.5,9\n", ":3:2: must be at most 1")]
    [InlineData("1,x\n1,2\n", ":1:2: must be a number, as column 1 is, got 'x'")]
    [InlineData("label\n1\n", ":1: must name a column of values")]
    [InlineData("label,a\n1,0\n1.5,0\n", ":3:1: must be a whole number")]
    [InlineData("label,a\n-1,0\n", ":2:1: must be a whole number")]
    [InlineData("label,a\n100000,0\n", ":2:1: must be a whole number")]
    public void AMistakeIsNamedWithItsPlace(string text, string mention) => Damage.Refused(() => Read(text), "t.csv" + mention);

    [Fact]
    public void BytesThatAreNoTextAreRefused()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => Csv.Read(folder.Write("t.csv", [0x30, 0x2c, 0xff, 0xfe, 0x30])), "t.csv");
        Damage.Refused(() => Csv.Read(folder["absent"]), "absent");
    }

    [Fact]
    public void ADamagedFileIsRefusedOrReads() =>
        Damage.NoFlippedBitEscapes("label,a,b\n0,0.5,1\n1,1e-3,0\n"u8.ToArray(), "t.csv", path => Csv.Read(path));
}
