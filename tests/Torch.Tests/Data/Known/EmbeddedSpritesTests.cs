namespace Vae.Torch.Tests;

public class EmbeddedSpritesTests
{
    private static byte[] Bytes(Dataset data) => data.Pixels.Match(bytes => bytes.ToArray(), _ => []);

    [Fact]
    public void ALimitedRunSeesALabelledSampleOfTheSprites()
    {
        var split = DataSources.Load(new DataSpec("sprites", new Binarization.None(), Validation: 0.01, Limit: 20), "", 3);
        Assert.Equal((20, 600, 10_000), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(new DataFacts(Shape.Image(1, 64, 64), 20, 3, isBinary: true, conditionValues: 5), split.Train.Facts());
        Assert.Equal(["square", "ellipse", "heart"], split.Train.Classes);
        var sample = EmbeddedSprites.SampleOf(20);
        var train = Splits.Permutation(3, 60_000)[600..620].Select(place => sample[place]).ToArray();
        Assert.Equal(train.SelectMany(Sprites.Draw), Bytes(split.Train));
        Assert.Equal(train.Select(index => Sprites.FactorsOf(index)[0]), split.Train.Labels.ToArray());
        Assert.Equal(train.SelectMany(index => Sprites.FactorsOf(index)).Select(place => (float)place),
            split.Train.ConditionValues.ToArray());
        Assert.Equal(Sprites.Draw(sample[60_007]), Bytes(split.Test.Take([7])));
    }

    [Theory]
    [InlineData(0, 70_000)]
    [InlineData(100_000, 110_000)]
    [InlineData(EmbeddedSprites.MaxTrainCount, 510_000)]
    public void NoSpriteIsInTheSampleTwice(int limit, int count)
    {
        var sample = EmbeddedSprites.SampleOf(limit);
        Assert.Equal(count, sample.Distinct().Count());
        Assert.Equal(EmbeddedSprites.SampleOf(0)[60_000..], sample[^10_000..]);
    }

    [Fact]
    public void ALimitBeyondWhatAnArrayHoldsIsRefused() =>
        Damage.Refused(() => DataSources.Load("sprites", new(Limit: 500_001)),
            "data.limit: must be at most 500000 for sprites, got 500001");
}
