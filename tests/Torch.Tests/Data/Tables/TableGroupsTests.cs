namespace Vae.Torch.Tests;

public class TableGroupsTests
{
    [Theory]
    [InlineData("must hold at most 2147483647 rows, got 2147483648", int.MaxValue, 1)]
    [InlineData("must hold at least one row of at least one column, got none", 0, 0)]
    [InlineData("must be a readable, undamaged file, got: odd", -1, 0)]
    public void WhatCannotBeReadIsOneSentenceAndIsClosed(string sentence, int first, int second)
    {
        using var folder = new TempFolder();
        var format = new Format(first, second);
        Damage.Refused(() => TableFile.OpenInGroups(folder.Write("a.odd", [1]), format), $"a.odd: {sentence}");
        Assert.False(format.Opened!.CanRead);
    }

    [Fact]
    public void NegativeBlocksAreRefused() =>
        Damage.Refused(() => DataSources.Load("digits", new(ShuffleBlocks: -1)), "data.shuffleBlocks: must be at least 0, got -1");

    private sealed class Format(int first, int second) : ITableFormat
    {
        public Stream? Opened { get; private set; }

        public string Extension => ".odd";

        public TableTexts Read(Stream stream) => throw new NotSupportedException();

        public void Write(Stream stream, TableTexts table) => throw new NotSupportedException();

        public ITableGroups Open(Stream stream)
        {
            Opened = stream;
            return first >= 0 ? new Groups([first, second]) : throw new InvalidDataException("odd");
        }
    }

    private sealed record Groups(ValueList<int> Counts) : ITableGroups
    {
        public ValueList<string> Names => ["a"];

        public string[] Read(int group, int column) => [];

        public void Dispose()
        {
        }
    }
}
