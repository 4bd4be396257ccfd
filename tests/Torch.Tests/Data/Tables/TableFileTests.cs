using System.Text;

namespace Vae.Torch.Tests;

public class TableFileTests
{
    [Theory]
    [InlineData("a,b\n0.5,x\n1.5,y\n2.5,x\n")]
    [InlineData("a;b\r\n0.5;x\r\n1.5;y\r\n2.5;x\r\n")]
    [InlineData("a\tb\n0.5\tx\n1.5\ty\n2.5\tx")]
    [InlineData("a|b\n0.5|x\n1.5|y\n2.5|x\n")]
    [InlineData("\uFEFFa,b\n0.5,x\n1.5,y\n2.5,x\n")]
    [InlineData("\"a\",\"b\"\n\"0.5\",\"x\"\n\"1.5\",\"y\"\n\"2.5\",\"x\"\n")]
    [InlineData("\na,b\n\n0.5,x\n 1.5 , \"y\" \n2.5,x\n\n")]
    [InlineData("a;b\n0,5;x\n1,5;y\n2,5;x\n")]
    [InlineData("a,b\n\"0,5\",x\n\"1,5\",y\n\"2,5\",x\n")]
    public void TheSameTableIsRead(string text)
    {
        using var folder = new TempFolder();
        var table = TableFile.Open(Write(folder, text));
        Assert.Equal((["a", "b"], 3), (table.Names, table.Count));
        var schema = table.Infer().Schema;
        Assert.Equal(["0.5", "x", "1.5", "y", "2.5", "x"], Decoded(table.Read(schema, false)));
    }

    [Theory]
    [InlineData("0,1,2\n0.5,3,1\n1.5,4,2\n", "0 1 2")]
    [InlineData("name,2019,2020\nx,3.5,1\ny,4.5,2\n", "name 2019 2020")]
    [InlineData(",a\n0,1.5\n1,2.5\n", "column 1 a")]
    [InlineData("a,a\n1,1.5\n2,2.5\n", "a a (2)")]
    [InlineData("\"price, EUR\",b\n1.5,2.5\n3.5,1\n", "price, EUR b")]
    [InlineData("x, cm;y, cm\n1.5;2.5\n3.5;1\n", "x, cm y, cm")]
    [InlineData("1,2\n3,4\n", "column 1 column 2")]
    [InlineData("city,land\nRome,Italy\nParis,France\n", "city land")]
    [InlineData("Rome,Italy\nParis,France\nMilan,Italy\n", "column 1 column 2")]
    public void TheHeaderIsRecognized(string text, string names)
    {
        using var folder = new TempFolder();
        Assert.Equal(names, string.Join(' ', TableFile.Open(Write(folder, text)).Names));
    }

    [Fact]
    public void AHeaderMayBeSaidToBeThereOrNot()
    {
        using var folder = new TempFolder();
        var path = Write(folder, "Rome,Italy\nParis,France\nLyon,Spain\n");
        Assert.Equal(["Rome", "Italy"], TableFile.Open(path).Names);
        var table = TableFile.Open(path, null, isHeader: false);
        Assert.Equal((["column 1", "column 2"], 3), (table.Names, table.Count));
        // The names of the schema say it to whoever reads the file later.
        Assert.Equal(3, TableReader.Read(path, table.Infer().Schema).Count);
        Assert.Equal(["1", "2"], TableFile.Open(Write(folder, "1,2\n3,4\n"), null, isHeader: true).Names);
    }

    [Fact]
    public void ColumnsAreFoundByNameInAnyOrder()
    {
        using var folder = new TempFolder();
        var first = TableFile.Open(Write(folder, "a,b,c\n0.5,x,3\n1.5,y,4\n2.5,x,9.5\n"));
        var schema = first.Infer().Schema;
        var second = TableReader.Read(Write(folder, "c,extra,b,a\n3,?,x,0.5\n4,?,y,1.5\n9.5,?,x,2.5\n"), schema);
        Assert.Equal(Numbers(first.Read(schema, false)), Numbers(second));
        Assert.Contains("columns that the model does not know are ignored: extra", Assert.Single(second.Notes));
    }

    [Theory]
    [InlineData("a,b\nold,x\n1.5,y\n", ":2:1: must be a number, got 'old' in column a")]
    [InlineData("a,b\n1.5,z\n1.5,q\n", ":2:2: must be one of x, y, got 'z' in column b, and in 1 more rows")]
    [InlineData("a\n1.5\n", ": must have the column b, got a")]
    [InlineData("a,b\n1.5,\n", ":2:2: must have a value, got '' (missing values need data.masked=true) in column b")]
    [InlineData("a,b\n1.5,x\n1\n", ":3: must have 2 columns as the first line has, got 1")]
    public void WhatDoesNotFitTheSchemaIsOneSentence(string text, string sentence)
    {
        using var folder = new TempFolder();
        var schema = new TableSchema(
            [new("a", new ColumnKind.Continuous(ColumnTransforms.None)), new("b", new ColumnKind.Binary("x", "y"))]);
        Damage.Refused(() => TableReader.Read(Write(folder, text), schema), $"t.csv{sentence}");
    }

    [Fact]
    public void WhatIsShownOfAFileIsCutAndHasNoControlCharacters()
    {
        using var folder = new TempFolder();
        var schema = new TableSchema([new("a", new ColumnKind.Count())]);
        Damage.Refused(() => TableReader.Read(Write(folder, $"a\n\u001b[31m{new string('x', 1000)}\n"), schema), "got '?[31mxxx");
    }

    [Fact]
    public void MissingCellsBecomeAMask()
    {
        using var folder = new TempFolder();
        var path = Write(folder, "a,b\n0.5,x\n,y\n2.5,NA\n1,x\n");
        var table = TableFile.Open(path).Infer();
        Assert.True(table.HasMissing);
        var data = TableReader.Read(path, table.Schema, isMasked: true);
        Assert.Equal([1, 1, 0, 1, 1, 0, 1, 1], Enumerable.Range(0, 4).SelectMany(row => Numbers(data).Skip(4 * row + 2).Take(2)));
    }

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        using var folder = new TempFolder();
        var path = Write(folder, "a,\"b, c\",day\n"
            + "1700000001,\"x, y\",2012-01-01\n"
            + "1700000003,\"say \"\"z\"\"\",2012-02-29\n"
            + "1700000009,\"x, y\",2013-05-06\n");
        var schema = TableFile.Open(path).Infer().Schema;
        var data = TableReader.Read(path, schema);
        foreach (var name in new[] { "again.csv", "again.tsv" })
        {
            TableWriter.Write(folder[name], schema, Rows(data));
            Assert.Equal(Numbers(data), Numbers(TableReader.Read(folder[name], schema)));
        }
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(folder["again.csv"]));
    }

    [Fact]
    public void ADamagedFileIsRefusedOrReads() => Damage.NoFlippedBitEscapes("a,b\n0.5,\"x\"\n1.5,y\n2,x\n"u8.ToArray(), "t.csv", path =>
    {
        var table = TableFile.Open(path);
        table.Read(table.Infer().Schema, isMasked: true);
    });

    private static string Write(TempFolder folder, string text) => folder.Write("t.csv", Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string> Decoded(Dataset data) => Enumerable.Range(0, data.Count)
        .SelectMany(row => TableRows.Decode(data.Schema,
            [.. Numbers(data).Skip(row * data.ItemSize).Take(data.ItemSize).Select(value => (double)value)]));

    private static float[,] Rows(Dataset data)
    {
        var rows = new float[data.Count, data.ItemSize];
        Buffer.BlockCopy(Numbers(data), 0, rows, 0, sizeof(float) * rows.Length);
        return rows;
    }

    private static float[] Numbers(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }
}
