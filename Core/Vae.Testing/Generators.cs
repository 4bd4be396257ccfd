using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>
/// Random specs without problems, for property-based tests: the shapes of all layers and heads fit by construction. Sizes are small, so
/// that a model runs in well under a millisecond.
/// </summary>
public static partial class Generators
{
    /// <summary>Models.</summary>
    public static Arbitrary<VaeSpec> Models() => Arb.From(Varied);

    /// <summary>Shapes of examples.</summary>
    public static Arbitrary<Shape> InputShapes() => Arb.From(InputShape);

    /// <summary>Shapes of vectors and images.</summary>
    public static Gen<Shape> InputShape { get; } = Gen.OneOf(
        Gen.Choose(1, 12).Select(Shape.Vector),
        from channels in Gen.Choose(1, 3) from height in Gen.Choose(1, 8) from width in Gen.Choose(1, 8)
        select Shape.Image(channels, height, width));

    /// <summary>Models with a diagonal normal posterior and the prior N(0, I).</summary>
    /// <param name="smooth">
    /// Whether to leave out dropout and activations with a kink, so that the loss is differentiable everywhere.
    /// </param>
    public static Gen<VaeSpec> Model(bool smooth = false) =>
        from input in InputShape
        from latent in Gen.Choose(1, 8)
        from posterior in Gen.Elements(Posteriors.DiagonalNormal)
        from prior in Gen.Elements(Priors.StandardNormal)
        from likelihood in LikelihoodChoice
        from condition in ConditionChoice
        let bare = new VaeSpec(input, latent, new([], Heads.Dense), new([], Heads.Dense), posterior, prior, likelihood, condition)
        from encoder in EncoderLayers(bare, smooth)
        from decoder in Decoder(bare, smooth)
        select bare.With(encoder: new(encoder, Heads.Dense), decoder: decoder);

    /// <summary>Models with any posterior, prior, likelihood and condition.</summary>
    public static Gen<VaeSpec> Varied =>
        from input in InputShape
        from latent in Gen.Choose(1, 8)
        from condition in Gen.OneOf(ConditionChoice, RicherCondition(input))
        from posterior in PosteriorChoice(latent)
        from prior in PriorChoice(posterior, latent, condition)
        from likelihood in Gen.OneOf(LikelihoodChoice, RicherLikelihood(input, Conditions.ShowsInput(condition)))
        from spec in Networks(new(input, latent, new([], Heads.Dense), new([], Heads.Dense), posterior, prior, likelihood, condition))
        select spec;

    // The same model with an encoder that takes its input for a sequence.
    private static Gen<VaeSpec> OverSteps(VaeSpec spec)
    {
        var length = Wiring.EncoderInput(spec.With(encoder: new([Layers.Flatten], Heads.Dense))).Channels;
        return
            from steps in Gen.Elements(Divisors(length))
            from channels in Gen.Choose(1, 3)
            from kernel in Gen.Choose(1, 3)
            from stride in Gen.Choose(1, 2)
            from rest in Gen.Choose(0, stride - 1)
            from width in Gen.Choose(1, 4)
            from mask in Gen.Choose(0, channels)
            from onlyLast in Gen.Elements(true, false)
            select spec.With(encoder: new([
                Layers.Flatten, Layers.Sequence(steps, length / steps), Layers.Conv1d(channels, kernel, stride, kernel - 1),
                Layers.ConvTranspose1d(channels, kernel, stride, (kernel - 1) / 2, rest), Layers.Gru(width, mask, onlyLast)], Heads.Dense));
    }

    /// <summary>Models of normal distributions and points, with normal or Bernoulli likelihoods and any condition.</summary>
    public static Gen<VaeSpec> Normal =>
        from input in InputShape
        from latent in Gen.Choose(1, 8)
        from condition in Gen.OneOf(ConditionChoice, RicherCondition(input))
        from posterior in Gen.Frequency((4, Gen.Constant(Posteriors.DiagonalNormal)), (1, Gen.Constant(Posteriors.Point)))
        from prior in PriorChoice(posterior, latent, condition)
            .Where(prior => prior is Prior.StandardNormal or Prior.LearnedNormal or Prior.Conditional)
        from likelihood in Gen.OneOf(LikelihoodChoice,
            ScaleChoice.Where(scale => scale is not Scale.Optimal || !Conditions.ShowsInput(condition)).Select(Likelihoods.Normal))
        from spec in Networks(new(input, latent, new([], Heads.Dense), new([], Heads.Dense), posterior, prior, likelihood, condition))
        select spec;

    private static Gen<VaeSpec> Networks(VaeSpec bare) =>
        from encoder in EncoderLayers(bare, smooth: false)
        from plain in Decoder(bare, smooth: false)
        from decoder in Wiring.ConditionWidth(bare) is > 0 and < 30 ? Gen.Elements(plain, Joined(bare, plain)) : Gen.Constant(plain)
        select bare.With(encoder: new(encoder, Heads.Dense), decoder: decoder);

    // Concatenates the condition once more in front, and restores the width of the decoder's input.
    private static Network Joined(VaeSpec bare, Network decoder) => decoder.With(layers:
        [Layers.ConcatenateCondition(Wiring.ConditionWidth(bare)), Layers.Linear(Wiring.DecoderInput(bare).Channels), .. decoder.Layers]);

    /// <summary>Normal likelihoods with a fixed scale, and Bernoulli likelihoods.</summary>
    public static Gen<Likelihood> LikelihoodChoice { get; } = Gen.OneOf(
        Number(0.1, 2).Select(Likelihoods.Normal),
        Gen.Elements(Likelihoods.SquaredError, Likelihoods.Bernoulli, Likelihoods.CrossEntropy));

    /// <summary>No condition, a label or a vector.</summary>
    public static Gen<Condition> ConditionChoice { get; } = Gen.OneOf(
        Gen.Constant(Conditions.None), Gen.Choose(1, 4).Select(Conditions.Label), Gen.Choose(1, 3).Select(Conditions.Vector));

    /// <summary>Several labels or, for images, observed quadrants.</summary>
    /// <param name="input">The shape of an example.</param>
    public static Gen<Condition> RicherCondition(Shape input) => Gen.OneOf([
        from count in Gen.Choose(1, 3) from classes in Gen.Choose(1, 4).ListOf(count) select Conditions.Labels(ValueList.From(classes)),
        .. input.IsImage && input.Height > 1 && input.Width > 1
            ? [Gen.Choose(1, 3).Select(Conditions.Quadrants)] : Array.Empty<Gen<Condition>>()]);

    /// <summary>Activation functions.</summary>
    /// <param name="smooth">Whether to leave out functions with a kink.</param>
    public static Gen<Activation> ActivationChoice(bool smooth) => Gen.OneOf([
        Gen.Elements(Activations.Gelu, Activations.Silu, Activations.Tanh, Activations.Sigmoid, Activations.Softplus, Activations.Elu()),
        .. smooth ? Array.Empty<Gen<Activation>>() : [
            Gen.Elements(Activations.Relu, Activations.LeakyRelu()),
            Number(-0.5, 0.5).Select(Activations.LeakyRelu), Number(0.1, 2).Select(Activations.Elu)]]);

    /// <summary>Numbers in [low, high], in steps of a thousandth of the interval.</summary>
    /// <param name="low">The lowest number.</param>
    /// <param name="high">The highest number.</param>
    public static Gen<double> Number(double low, double high) => Gen.Choose(0, 1000).Select(i => low + (high - low) * i / 1000);

    private static Gen<ValueList<Layer>> EncoderLayers(VaeSpec bare, bool smooth)
    {
        ValueList<Layer> flat = [Layers.Flatten];
        var flattened =
            from steps in Gen.Choose(0, 3)
            from rest in Chain(Wiring.EncoderInput(bare.With(encoder: bare.Encoder.With(layers: flat))), steps, smooth)
            select flat.Append(rest);
        // A flatten in front changes how the condition enters, so these networks start with any other layer.
        var image =
            from first in Step(Wiring.EncoderInput(bare), smooth).Where(layer => layer is not Layer.Flatten)
            from steps in Gen.Choose(0, 2)
            from rest in Chain(After(Wiring.EncoderInput(bare), first), steps, smooth)
            select ValueList.From([first, .. rest]);
        return bare.Input.IsVector
            ? Gen.Choose(0, 3).SelectMany(steps => Chain(Wiring.EncoderInput(bare), steps, smooth))
            : Gen.OneOf(flattened, image, image, Gen.Constant(bare.Encoder.Layers));
    }

    private static Gen<Network> Decoder(VaeSpec bare, bool smooth)
    {
        var input = Wiring.DecoderInput(bare);
        var dense = from steps in Gen.Choose(0, 3) from layers in Chain(input, steps, smooth) select new Network(layers, Heads.Dense);
        return bare.Input.IsVector ? dense : Gen.OneOf(dense,
            from head in Gen.OneOf(ConvHead(bare.Input), TransposeHead(bare.Input))
            from channels in Gen.Choose(1, 4)
            let middle = Shape.Image(channels, head.Height, head.Width)
            from before in Kept(input, 1, smooth)
            from after in Kept(middle, 2, smooth)
            select new Network([.. before, Layers.Linear((int)middle.Size), Layers.Reshape(middle), .. after], head.Head));
    }

    // The input size for an output of ⌊(in + 2p − k) / s⌋ + 1 rows, solved for in, with any remainder.
    private static Gen<(Head Head, int Height, int Width)> ConvHead(Shape output) =>
        from kernel in Gen.Choose(1, 3)
        from stride in Gen.Choose(1, 2)
        from padding in Gen.Choose(0, (kernel - 1) / 2)
        from rest in Gen.Choose(0, stride - 1)
        let more = kernel - 2 * padding + rest
        select (Heads.Conv2d(kernel, stride, padding), (output.Height - 1) * stride + more, (output.Width - 1) * stride + more);

    private static Gen<(Head Head, int Height, int Width)> TransposeHead(Shape output) =>
        from kernel in Gen.Choose(1, Math.Min(4, Math.Min(output.Height, output.Width)))
        from stride in Gen.Choose(1, 3)
        from padding in Gen.Choose(0, (kernel - 1) / 2)
        let rows = output.Height + 2 * padding - kernel
        let columns = output.Width + 2 * padding - kernel
        select (Heads.ConvTranspose2d(kernel, stride, padding, rows % stride, columns % stride), rows / stride + 1, columns / stride + 1);

    private static Gen<ValueList<Layer>> Chain(Shape input, int steps, bool smooth) => steps == 0
        ? Gen.Constant(ValueList.From<Layer>([]))
        : from layer in Step(input, smooth)
          from rest in Chain(After(input, layer), steps - 1, smooth)
          select ValueList.From([layer, .. rest]);

    private static Gen<Layer> Step(Shape input, bool smooth) => Gen.OneOf([.. Keeping(input, 2, smooth), .. Changing(input)]);

    private static Shape After(Shape input, Layer layer) =>
        Shapes.Output(layer, input).Match(shape => shape, problems => throw new InvalidOperationException($"{problems}"));

    private static Gen<ValueList<Layer>> Kept(Shape shape, int depth, bool smooth) =>
        from count in Gen.Choose(0, 2)
        from layers in Gen.OneOf(Keeping(shape, depth, smooth)).ListOf(count)
        select ValueList.From(layers);

    /// <summary>Layers that keep a shape.</summary>
    private static Gen<Layer>[] Keeping(Shape shape, int depth, bool smooth) => [
        ActivationChoice(smooth).Select(Layers.Activate),
        from momentum in Number(0.01, 1) from epsilon in Number(1e-5, 1e-2) select Layers.BatchNorm(momentum, epsilon),
        Gen.Constant(Layers.Reshape(shape)),
        .. shape.Size == 1 ? Array.Empty<Gen<Layer>>() : [
            Number(1e-5, 1e-2).Select(Layers.LayerNorm),
            Gen.Elements(Divisors(shape.Channels).Where(groups => groups < shape.Size)).Select(groups => Layers.GroupNorm(groups))],
        .. smooth ? Array.Empty<Gen<Layer>>() : [Number(0, 0.9).Select(Layers.Dropout)],
        .. depth == 0 ? Array.Empty<Gen<Layer>>() : [
            from before in Kept(shape, depth - 1, smooth)
            from detour in Detour(shape, smooth)
            from after in Kept(shape, depth - 1, smooth)
            select Layers.Residual([.. before, .. detour, .. after])]];

    private static Gen<ValueList<Layer>> Detour(Shape shape, bool smooth) =>
        from width in Gen.Choose(1, 6)
        from function in ActivationChoice(smooth)
        select shape.IsVector
            ? ValueList.From([Layers.Linear(width), Layers.Activate(function), Layers.Linear(shape.Channels)])
            : [Layers.Conv2d(width, 3, padding: 1), Layers.Activate(function), Layers.Conv2d(shape.Channels, 1)];

    /// <summary>Layers that may change a shape.</summary>
    private static Gen<Layer>[] Changing(Shape shape) => shape.IsVector
        ? [Gen.Choose(1, 12).Select(Layers.Linear), Gen.Choose(1, 4).Select(Layers.GatedLinear),
            Gen.Constant(Layers.Flatten), Rearranged(shape)]
        : [
            from channels in Gen.Choose(1, 4)
            from kernel in Gen.Choose(1, Math.Min(3, Math.Min(shape.Height, shape.Width)))
            from stride in Gen.Choose(1, 2)
            from padding in Gen.Choose(0, 1)
            select Layers.Conv2d(channels, kernel, stride, padding),
            Gen.Constant(Layers.Flatten),
            Gen.Constant(Layers.Reshape(Shape.Vector((int)shape.Size))),
            Rearranged(shape),
            .. Math.Max(shape.Height, shape.Width) > 4 ? Array.Empty<Gen<Layer>>() : [
                Gen.Choose(1, 2).Select(Layers.Upsample),
                from channels in Gen.Choose(1, 4)
                from kernel in Gen.Choose(1, 3)
                from stride in Gen.Choose(1, 3)
                from padding in Gen.Choose(0, (kernel - 1) / 2)
                from rows in Gen.Choose(0, stride - 1)
                from columns in Gen.Choose(0, stride - 1)
                select Layers.ConvTranspose2d(channels, kernel, stride, padding, rows, columns)]];

    private static Gen<Layer> Rearranged(Shape shape) =>
        from channels in Gen.Elements(Divisors((int)shape.Size))
        from height in Gen.Elements(Divisors((int)shape.Size / channels))
        select Layers.Reshape(Shape.Image(channels, height, (int)shape.Size / channels / height));

    private static int[] Divisors(int n) => [.. Enumerable.Range(1, n).Where(d => n % d == 0)];
}
