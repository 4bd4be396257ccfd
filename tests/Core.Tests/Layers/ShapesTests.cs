using FsCheck.Xunit;

namespace Vae.Tests;

public class ShapesTests
{
    /// <summary>An output is counted by where a kernel may stand, not by formula.</summary>
    [Property(Replay = "61,63", MaxTest = 1000)]
    public void AConvolutionHasAnOutputForEachPlaceOfItsKernel(byte height, byte width, byte kernel, byte stride, byte padding)
    {
        var (h, w, k, s, p) = (height % 70 + 1, width % 70 + 1, kernel % 9 + 1, stride % 5 + 1, padding % 5);
        static int Places(int size, int k, int s, int p)
        {
            var places = 0;
            for (var start = -p; start + k <= size + p; start += s)
                places++;
            return places;
        }

        var (rows, columns) = (Places(h, k, s, p), Places(w, k, s, p));
        var expected = rows == 0 || columns == 0 ? None : Some(Shape.Image(7, rows, columns));
        Assert.Equal(expected, Inferred(Layers.Conv2d(7, k, s, p), Shape.Image(3, h, w)));
    }

    [Property(Replay = "61,65", MaxTest = 1000)]
    public void ATransposedConvolutionUndoesTheShapeOfItsConvolution(byte height, byte width, byte kernel, byte stride, byte padding)
    {
        var (h, w, k, s, p) = (height % 70 + 1, width % 70 + 1, kernel % 9 + 1, stride % 5 + 1, padding % 5);
        Shapes.Output(Layers.Conv2d(7, k, s, p), Shape.Image(3, h, w)).Match(
            shape =>
            {
                // The rows that the last place of the kernel leaves over are the extra ones.
                var back = Layers.ConvTranspose2d(3, k, s, p, (h + 2 * p - k) % s, (w + 2 * p - k) % s);
                Assert.Equal(Some(Shape.Image(3, h, w)), Inferred(back, shape));
                return true;
            },
            _ => Math.Min(h, w) + 2 * p < k);
    }

    [Property(Replay = "61,71", MaxTest = 500)]
    public void ALayerOnStepsHasTheShapeOfTheSameOneOnImagesOfOneRow(byte steps, byte kernel, byte stride, byte padding)
    {
        var (n, k, s, p) = (steps % 70 + 1, kernel % 9 + 1, stride % 5 + 1, padding % 5);
        // Of a square image, every row is like the one of a sequence.
        ValueList<Shape> Flat(ValueList<Shape> square) => ValueList.From(square.Select(shape => Shape.Image(shape.Channels, 1, shape.Width)));
        var square = Shape.Image(3, n, n);
        Assert.Equal(Flat(Inferred(Layers.Conv2d(7, k, s, p), square)), Inferred(Layers.Conv1d(7, k, s, p), Shape.Image(3, 1, n)));
        var extra = (n + 2 * p) % s;
        Assert.Equal(Flat(Inferred(Layers.ConvTranspose2d(7, k, s, p, extra, extra), square)),
            Inferred(Layers.ConvTranspose1d(7, k, s, p, extra), Shape.Image(3, 1, n)));
    }

    [Fact]
    public void LayersOnStepsReportWhatTheyCannotTake()
    {
        Assert.Equal(Some(Shape.Image(5, 1, 14)), Inferred(Layers.Sequence(14, 3, 2), Shape.Vector(70)));
        Assert.Equal(Some(Shape.Image(8, 1, 14)), Inferred(Layers.Gru(8, maskChannels: 2), Shape.Image(5, 1, 14)));
        Assert.Equal(Some(Shape.Vector(8)), Inferred(Layers.Gru(8, onlyLast: true), Shape.Image(5, 1, 14)));
        Assert.All<(Layer Layer, Shape Input, string Sentence)>([
            (Layers.Sequence(14, 3, 2), Shape.Vector(71),
                "layer.widths: must be 14 steps of as many values as its input 71 has, got 3 + 2"),
            (Layers.Sequence(14, 5), Shape.Image(5, 1, 14), "layer: sequence needs a vector (put a flatten before it), got 5×1×14"),
            (Layers.Gru(8, 6), Shape.Image(5, 1, 14), "layer.maskChannels: must be at most the channels of its input 5×1×14, got 6"),
            (Layers.Conv1d(8, 3), Shape.Image(5, 2, 14),
                "layer: conv1d needs a sequence [channels, 1, steps] (put a sequence layer before it), got 5×2×14"),
            (Layers.Conv1d(8, 3), Shape.Image(5, 1, 2), "layer: conv1d must leave at least one step of its input 5×1×2, got 0")],
            one => Assert.Equal([one.Sentence], Shapes.Output(one.Layer, one.Input).Match(
                _ => [], problems => problems.Select(problem => $"{problem}"))));
    }

    [Fact]
    public void EveryZooModelFitsEverySize()
    {
        // Height and width go through a layer without regard to each other, so each need come but with some of the other.
        for (var height = 4; height <= 70; height++)
            foreach (var width in new[] { height, 74 - height, 28 })
                Assert.All(Zoo.Names, name => Assert.Equal([], Problems(name, Shape.Image(1 + (height + width) % 3, height, width))));
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("burda")]
    public void DenseZooModelsFitTheSmallestShapes(string name) => Assert.All(
        [Shape.Image(1, 1, 1), Shape.Image(3, 1, 2), Shape.Vector(1), Shape.Vector(784)], shape => Assert.Equal([], Problems(name, shape)));

    [Fact]
    public void AConvolutionalZooModelReportsShapesItCannotTake()
    {
        Assert.NotEmpty(Problems("conv", Shape.Image(1, 3, 28)));
        Assert.NotEmpty(Problems("conv", Shape.Vector(784)));
        Assert.NotEmpty(Problems("conv", Shape.Image(1, int.MaxValue, int.MaxValue)));
        Assert.NotEmpty(Problems("mlp", Shape.Image(1, 28, 28), -1));
        Assert.NotEmpty(Problems("vgg", Shape.Image(1, 28, 28)));
    }

    [Theory]
    [InlineData(1, 28, 28, 652_824)]
    public void TheFirstModelHasItsKnownNumberOfParameters(int channels, int height, int width, long count) =>
        Assert.Equal(count, Parameters.Count(Zoo.Mlp(Shape.Image(channels, height, width))));

    [Fact]
    public void ParametersAreCountedAsByHand()
    {
        // 784-200-200-50·2 and 50-200-200-784, weights and biases.
        Assert.Equal(785 * 200 + 201 * 200 + 201 * 100 + 51 * 200 + 201 * 200 + 201 * 784,
            Parameters.Count(Zoo.Burda(Shape.Image(1, 28, 28))));
        // conv 1→32→64 by 4×4 to 64·7·7, 256, 2·16; back 16, 256, 3136, 64→32→1 by 4×4.
        Assert.Equal(
            (16 * 32 + 32) + (32 * 16 * 64 + 64) + 3137 * 256 + 257 * 32 + 17 * 256 + 257 * 3136 + (64 * 16 * 32 + 32) + (32 * 16 + 1),
            Parameters.Count(Zoo.Conv(Shape.Image(1, 28, 28))));
    }

    [Property(Replay = "61,67", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void ParameterNamesAreUniqueAndNothingIsEmpty(VaeSpec spec)
    {
        var all = Parameters.List(spec);
        Assert.Equal(all.Count, all.Select(p => p.Name).Distinct().Count());
        Assert.All(all, p => Assert.InRange(p.Shape.Size, 1, 1_000_000));
    }

    [Property(Replay = "61,69", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void NetworksHaveTheRequiredOutputShape(VaeSpec spec)
    {
        Assert.Equal(Some(Wiring.EncoderOutput(spec)), Inferred(Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec)));
        Assert.Equal(Some(Wiring.DecoderOutput(spec)), Inferred(Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec)));
        Assert.Equal(spec.Likelihood.Formulas().Outputs(spec.Input), Wiring.DecoderOutput(spec));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(46_341)]
    public void SizesBeyondTheLimitAreProblems(int big)
    {
        var image = Shape.Image(2, 60, 60);
        Assert.All<Layer>(
            [Layers.Upsample(big), Layers.ConvTranspose2d(1, big, big), Layers.ConvTranspose2d(big, 1, 7), Layers.Conv2d(big, 3, 1, big)],
            layer => Assert.Equal(None, Inferred(layer, image)));
        Assert.Equal(None, Inferred(Layers.Flatten, Shape.Image(big, big, big)));
        Assert.Equal(None, Inferred(Layers.Reshape(Shape.Image(big, big, big)), Shape.Image(big, big, big)));
        Assert.Equal(None, Inferred(Layers.Conv2d(1, big), image));
    }

    [Fact]
    public void NormalizationNeedsMoreThanOneValue()
    {
        Assert.Equal(None, Inferred(Layers.GroupNorm(6), Shape.Vector(6)));
        Assert.Equal(Some(Shape.Vector(6)), Inferred(Layers.GroupNorm(3), Shape.Vector(6)));
        Assert.Equal(None, Inferred(Layers.GroupNorm(4), Shape.Vector(6)));
        Assert.Equal(Some(Shape.Image(6, 1, 2)), Inferred(Layers.GroupNorm(6), Shape.Image(6, 1, 2)));
        Assert.Equal(None, Inferred(Layers.LayerNorm(), Shape.Vector(1)));
    }

    [Fact]
    public void ASizeSaturatesWhereItOverflows()
    {
        Assert.Equal(long.MaxValue, new Shape([int.MaxValue, int.MaxValue, int.MaxValue]).Size);
        Assert.Equal(0, new Shape([int.MaxValue, int.MaxValue, int.MaxValue, 0]).Size);
        Assert.Equal(1, new Shape([]).Size);
    }

    private static ValueList<Problem> Problems(string name, Shape input, int latent = 0) =>
        Zoo.Find(name, input, latent).Match(spec => Vae.Specs.Problems(spec), problems => problems);

    private static ValueList<Shape> None { get; } = [];

    private static ValueList<Shape> Some(Shape shape) => [shape];

    private static ValueList<Shape> Inferred(Layer layer, Shape input) => Inferred([layer], input);

    private static ValueList<Shape> Inferred(ValueList<Layer> layers, Shape input) =>
        Shapes.Output(layers, input).Match(shape => [shape], _ => None);
}
