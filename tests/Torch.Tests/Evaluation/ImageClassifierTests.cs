using TorchSharp;

namespace Vae.Torch.Tests;

public class ImageClassifierTests
{
    private static readonly DataSplit Data = DataSources.Load("digits", new DataOptions(Limit: 3000));

    private static readonly Lazy<ImageClassifier> Trained = new(() => ImageClassifier.Train(Data.Train, new(Epochs: 6, Batch: 64)));

    private static float[] Images(Dataset data)
    {
        var values = new float[data.Count * data.ItemSize];
        data.Pixels.CopyTo(0, values);
        return values;
    }

    private static Dataset FirstOf(Dataset data, int count) => data.Take([.. Enumerable.Range(0, count)]);

    // Light on the left is one class, on the right the other.
    private static Dataset Halves(Shape shape)
    {
        var size = (int)shape.Size;
        var width = shape.Dims[^1];
        var bytes = Enumerable.Range(0, 64).SelectMany(
            i => Enumerable.Range(0, size).Select(at => (byte)(at % width * 2 < width == (i % 2 == 0) ? 200 + i % 50 : i % 30)));
        return Dataset.Create("halves", shape, Pixels.OfBytes(bytes.ToArray()), Enumerable.Range(0, 64).Select(i => i % 2).ToArray(),
            ["left", "right"]);
    }

    [Fact]
    public void ItLearnsTheDigits() => Assert.InRange(Trained.Value.Accuracy(FirstOf(Data.Test, 2000)), 0.95, 1);

    [Fact]
    public void ProbabilitiesAreNormalizedAndFeaturesAreNotNegative()
    {
        var output = Trained.Value.Classify(FirstOf(Data.Test, 700));
        Assert.Equal([700, 10], output.Probabilities.Dims);
        Assert.Equal([700, ImageClassifier.FeatureCount], output.Features.Dims);
        Assert.All(NdArray.Sum(output.Probabilities, 1).ToArray(), sum => Assert.Equal(1, sum, 1e-6));
        Assert.All(output.Features.ToArray(), value => Assert.True(value >= 0));
    }

    [Fact]
    public void ImagesAndDataSetsAreSeenAlike()
    {
        var some = FirstOf(Data.Test, 20);
        var images = Array.ConvertAll(Images(some), value => value > 0.5f ? 3 : value);
        var clipped = Array.ConvertAll(images, value => Math.Min(value, 1));
        Assert.Equal(Trained.Value.Classify(clipped).Features.ToArray(), Trained.Value.Classify(images).Features.ToArray());
        Assert.Equal(Trained.Value.Classify(some).Probabilities.ToArray(), Trained.Value.Classify(Images(some)).Probabilities.ToArray());
    }

    [Theory]
    [InlineData(1, 9, 6)]
    [InlineData(3, 1, 2)]
    [InlineData(1, 33, 5)]
    [InlineData(2, 40, 70)]
    [InlineData(0, 0, 12)]
    public void AnyShapeIsLearned(int channels, int height, int width)
    {
        var data = Halves(channels == 0 ? Shape.Vector(width) : Shape.Image(channels, height, width));
        using var classifier = ImageClassifier.Train(data, new(Epochs: 20, Batch: 20, LearningRate: 0.01));
        Assert.Equal(1, classifier.Accuracy(data));
    }

    [Fact]
    public void TheSeedIsTheClassifier()
    {
        var data = Halves(Shape.Image(1, 8, 8));
        double[] Seeded(ulong seed)
        {
            using var classifier = ImageClassifier.Train(data, new(Epochs: 1, Batch: 10, Seed: seed));
            return classifier.Classify(data).Features.ToArray();
        }
        Assert.Equal(Seeded(1), Seeded(1));
        Assert.NotEqual(Seeded(1), Seeded(2));
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        _ = Trained.Value;
        var before = torch.Tensor.TotalCount;
        using (var classifier = ImageClassifier.Train(Halves(Shape.Image(1, 8, 8)), new(Epochs: 2, Batch: 10)))
            _ = classifier.Classify(Halves(Shape.Image(1, 8, 8)));
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void RealPicturesAreBetterThanNoiseAndOneClassLacksBalance()
    {
        var real = Trained.Value.Classify(FirstOf(Data.Test, 2000));
        var others = FirstOf(Data.Train, 1000);
        var good = SampleQualities.Measure(Trained.Value.Classify(others), real);
        var noise = SampleQualities.Measure(Trained.Value.Classify(
            Array.ConvertAll(Normals.Draws(1000, 784, KeyedRandom.FromSeed(1)).ToArray(), value => (float)value)), real);
        var ones = Trained.Value.Classify(others.Take([.. Enumerable.Range(0, 1000).Where(i => others.Labels.Span[i] == 1)]));
        Assert.InRange(good.Confidence, 0.9, 1);
        Assert.InRange(good.Balance, 0.98 * Math.Log(10), Math.Log(10));
        Assert.True(good.FrechetDistance * 10 < noise.FrechetDistance);
        Assert.True(SampleQualities.Measure(ones, real).FrechetDistance > 10 * good.FrechetDistance);
        Assert.InRange(SampleQualities.Measure(ones, real).Balance, 0, 0.5);
        Assert.Equal(0, SampleQualities.Measure(real, real).FrechetDistance, 1e-6);
    }

    [Fact]
    public void WhatCannotBeLearnedOrClassifiedIsRefused()
    {
        var unlabelled = Dataset.Create("plain", Shape.Image(1, 2, 2), Pixels.OfBytes(new byte[8]), ReadOnlyMemory<int>.Empty, []);
        Damage.Refused(() => ImageClassifier.Train(unlabelled), "data: must have labels of at least 2 classes");
        Damage.Refused(() => ImageClassifier.Train(Data.Train, new(Epochs: 0)), "classifier.epochs: must be at least 1, got 0");
        Damage.Refused(() => ImageClassifier.Train(Data.Train, new(Batch: 0)), "classifier.batch");
        Damage.Refused(() => ImageClassifier.Train(Data.Train, new(LearningRate: double.NaN)), "classifier.learningRate");
        Damage.Refused(() => Trained.Value.Classify(unlabelled), "data: must have the shape 1×28×28");
        Damage.Refused(() => Trained.Value.Classify([float.NaN]), "images[0]: must be a number, got NaN");
        Damage.Refused(() => Trained.Value.Classify(Array.Empty<float>()), "images: must hold at least one item, got none");
        Damage.Refused(() => Trained.Value.Classify(new float[785]), "images: must hold whole items of 784 values, got 785 values");
        Damage.Refused(() => SampleQualities.Measure(Trained.Value, new float[784], Data.Test), "images: must be at least 2");
    }
}
