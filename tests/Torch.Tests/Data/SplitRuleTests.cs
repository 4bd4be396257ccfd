namespace Vae.Torch.Tests;

/// <summary>What each rule of dividing examples promises.</summary>
public sealed class SplitRuleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Dataset Labelled(params int[] counts)
    {
        int[] labels = [.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        return Dataset.Create("labelled", Shape.Vector(1), Pixels.OfFloats(Array.ConvertAll([.. Enumerable.Range(0, labels.Length)], i => (float)i)),
            labels, [.. counts.Select((_, label) => $"{label}")]);
    }

    private static int[] Rows(Dataset part) =>
        [.. part.Pixels.Match(_ => throw new InvalidOperationException("bytes"), floats => floats.ToArray()).Select(x => (int)x)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void StratifiedPartsHaveTheSharesOfTheWhole(ulong seed)
    {
        var all = Labelled(100, 37, 13, 50);
        var split = Splits.ByRule(all, new(Validation: 0.2, Test: 0.1, Seed: seed, Split: SplitRules.Stratified)).Split;
        Assert.Equal((20, 40), (split.Test.Count, split.Validation.Count));
        Assert.Equal(Enumerable.Range(0, 200), Rows(split.Train).Concat(Rows(split.Validation)).Concat(Rows(split.Test)).Order());
        foreach (var (part, share) in new[] { (split.Test, 0.1), (split.Validation, 0.2), (split.Train, 0.7) })
            for (var label = 0; label < 4; label++)
                Assert.InRange(part.Labels.ToArray().Count(l => l == label) - share * new[] { 100, 37, 13, 50 }[label], -1.01, 1.01);
        Assert.Contains("has no labels", Assert.Throws<VaeException>(() => Splits.ByRule(Splits.ByRule(
            Dataset.Create("x", Shape.Vector(1), Pixels.OfBytes(new byte[9]), default, []),
            new(Split: SplitRules.Stratified)).Split.Train, new())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NoGroupIsInTwoParts(ulong seed)
    {
        var all = Labelled(300);
        string[] groups = [.. Enumerable.Range(0, 300).Select(i => $"g{i * i % 37}")];
        File.WriteAllLines(folder.Run("groups.txt"), groups);
        var split = Splits.ByRule(all, new(Validation: 0.2, Test: 0.2, Seed: seed, Split: SplitRules.Grouped(folder.Run("groups.txt")))).Split;
        HashSet<string> Of(Dataset part) => [.. Rows(part).Select(row => groups[row])];
        Assert.Empty(Of(split.Train).Intersect(Of(split.Test)));
        Assert.Empty(Of(split.Train).Intersect(Of(split.Validation)));
        Assert.Empty(Of(split.Validation).Intersect(Of(split.Test)));
        Assert.Equal(Enumerable.Range(0, 300), Rows(split.Train).Concat(Rows(split.Validation)).Concat(Rows(split.Test)).Order());
        var largest = groups.GroupBy(g => g).Max(g => g.Count());
        Assert.InRange(split.Test.Count, 60 - largest, 60 + largest);
        Assert.InRange(split.Validation.Count, 60 - largest, 60 + largest);
    }

    private string Table()
    {
        File.WriteAllLines(folder.Run("t.csv"), Enumerable.Range(0, 60)
            .Select(i => $"{i * 0.37:0.00},{(i % 7 == 0 ? "test" : i % 5 == 0 ? "Validation" : "train")},p{i % 9}").Prepend("x,part,patient"));
        return folder.Run("t.csv");
    }

    private static TableSchema Schema(string path) => TableFile.Open(path).Infer(
        [ColumnChoice.Named("part", "ignore"), ColumnChoice.Named("patient", "ignore")]).Schema;

    [Fact]
    public void AColumnSaysThePartOfEachRowAndTheRunKeepsIt()
    {
        var (path, spec) = (Table(), new DataSpec(Table(), Binarizations.None, RawValues: true, Schema: Schema(Table()), Split: SplitRules.Given("part")));
        var split = DataSources.Load(spec, "", 1);
        Assert.Equal(Enumerable.Range(0, 60).Count(i => i % 7 == 0), split.Test.Count);
        Assert.Equal(Enumerable.Range(0, 60).Count(i => i % 7 != 0 && i % 5 == 0), split.Validation.Count);
        Assert.Equal(60, split.Train.Count + split.Validation.Count + split.Test.Count);
        var again = DataSources.Load(path, DataOptions.For(spec, 7) with { Record = split.Record });
        Assert.True(again.Record!.HasPartsOf(split.Record!));
        // Rows of other files are all of them.
        Assert.Equal(60, DataSources.Load(path, DataOptions.For(spec, 7) with { Test = 0 }).Train.Count);
    }

    [Fact]
    public void AColumnOfGroupsDividesATable()
    {
        var split = DataSources.Load(new DataSpec(Table(), Binarizations.None, 0.2, RawValues: true, Schema: Schema(Table()),
            Split: SplitRules.Grouped("patient")), "", 1);
        Assert.True(split is { Train.Count: > 0, Validation.Count: > 0, Test.Count: > 0 });
    }

    [Theory]
    [InlineData("given:patient", "data.split: patient must say train, validation or test, got 'p0' for example 1")]
    [InlineData("given:nowhere", "data.split: must name a column of")]
    [InlineData("grouped:nowhere", "or a text file, got nowhere")]
    [InlineData("stratified", "which has no labels, got stratified")]
    public void ARuleThatDoesNotFitIsRefused(string rule, string sentence) => Assert.Contains(sentence, Assert.Throws<VaeException>(() =>
        DataSources.Load(new DataSpec(Table(), Binarizations.None, RawValues: true, Schema: Schema(Table()),
            Split: VaeException.Unwrap(SpecText.Split(rule))), "", 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileOfAnotherLengthIsRefused()
    {
        File.WriteAllLines(folder.Run("parts.txt"), ["train", "test"]);
        Assert.Contains("must have a line for each of the 3 examples", Assert.Throws<VaeException>(() => Splits.ByRule(
            Labelled(3), new(Split: SplitRules.Given(folder.Run("parts.txt"))))).Message, StringComparison.Ordinal);
    }
}
