namespace Vae;

/// <summary>Layers by name, each as its base type, so that lists of them infer.</summary>
public static class Layers
{
    /// <summary>[n] → [width].</summary>
    public static Layer Linear(int width) => new Layer.Linear(width);

    /// <summary>A convolution with a square kernel.</summary>
    public static Layer Conv2d(int channels, int kernel, int stride = 1, int padding = 0) =>
        new Layer.Conv2d(channels, kernel, stride, padding);

    /// <summary>A transposed convolution with a square kernel.</summary>
    public static Layer ConvTranspose2d(int channels, int kernel, int stride = 1, int padding = 0, int extraRows = 0, int extraColumns = 0) =>
        new Layer.ConvTranspose2d(channels, kernel, stride, padding, extraRows, extraColumns);

    /// <summary>An activation, elementwise.</summary>
    public static Layer Activate(Activation function) => new Layer.Activate(function);

    /// <summary>max(0, x).</summary>
    public static Layer Relu { get; } = Activate(Activations.Relu);

    /// <summary>tanh x.</summary>
    public static Layer Tanh { get; } = Activate(Activations.Tanh);

    /// <summary>Normalizes each channel over the batch.</summary>
    public static Layer BatchNorm(double momentum = 0.1, double epsilon = 1e-5) => new Layer.BatchNorm(momentum, epsilon);

    /// <summary>Normalizes each example over groups of channels.</summary>
    public static Layer GroupNorm(int groups, double epsilon = 1e-5) => new Layer.GroupNorm(groups, epsilon);

    /// <summary>Normalizes each example over all its values.</summary>
    public static Layer LayerNorm(double epsilon = 1e-5) => new Layer.LayerNorm(epsilon);

    /// <summary>Zeros values at random while training.</summary>
    public static Layer Dropout(double rate) => new Layer.Dropout(rate);

    /// <summary>Any shape → a vector.</summary>
    public static Layer Flatten { get; } = new Layer.Flatten();

    /// <summary>The same values in another shape.</summary>
    public static Layer Reshape(Shape to) => new Layer.Reshape(to);

    /// <summary>Each value repeated factor × factor times.</summary>
    public static Layer Upsample(int factor) => new Layer.Upsample(factor);

    /// <summary>x + body(x).</summary>
    public static Layer Residual(ValueList<Layer> body) => new Layer.Residual(body);

    /// <summary>Joins the condition once more, of this width here.</summary>
    public static Layer AppendCondition(int width) => new Layer.AppendCondition(width);

    /// <summary>A layer of your own.</summary>
    public static Layer Custom(ILayer definition) => new Layer.Custom(definition);

    /// <summary>Layers and those within them, level by level.</summary>
    internal static IEnumerable<Layer> All(ValueList<Layer> layers)
    {
        for (var level = layers; level.Count > 0; level = ValueList.From(level.OfType<Layer.Residual>().SelectMany(residual => residual.Body)))
            foreach (var layer in level)
                yield return layer;
    }
}

/// <summary>Activations by name.</summary>
public static class Activations
{
    /// <summary>max(0, x).</summary>
    public static Activation Relu { get; } = new Activation.Relu();

    /// <summary>x for x ≥ 0, slope · x below.</summary>
    public static Activation LeakyRelu(double slope = 0.01) => new Activation.LeakyRelu(slope);

    /// <summary>x for x ≥ 0, alpha · (eˣ − 1) below.</summary>
    public static Activation Elu(double alpha = 1) => new Activation.Elu(alpha);

    /// <summary>x · Φ(x).</summary>
    public static Activation Gelu { get; } = new Activation.Gelu();

    /// <summary>x · σ(x).</summary>
    public static Activation Silu { get; } = new Activation.Silu();

    /// <summary>tanh x.</summary>
    public static Activation Tanh { get; } = new Activation.Tanh();

    /// <summary>σ(x).</summary>
    public static Activation Sigmoid { get; } = new Activation.Sigmoid();

    /// <summary>ln(1 + eˣ).</summary>
    public static Activation Softplus { get; } = new Activation.Softplus();
}

/// <summary>Heads by name.</summary>
public static class Heads
{
    /// <summary>Flatten, then linear.</summary>
    public static Head Dense { get; } = new Head.Dense();

    /// <summary>A convolution to the needed channels.</summary>
    public static Head Conv2d(int kernel, int stride = 1, int padding = 0) => new Head.Conv2d(kernel, stride, padding);

    /// <summary>A transposed convolution to the needed channels.</summary>
    public static Head ConvTranspose2d(int kernel, int stride = 1, int padding = 0, int extraRows = 0, int extraColumns = 0) =>
        new Head.ConvTranspose2d(kernel, stride, padding, extraRows, extraColumns);

    /// <summary>The layers that a head stands for, giving the wanted shape from the input shape.</summary>
    public static ValueList<Layer> Layers(Head head, Shape input, Shape output) => head.Match(
        dense: _ => ValueList.From([
            .. input.IsVector ? ValueList.From<Layer>([]) : [Vae.Layers.Flatten],
            Vae.Layers.Linear((int)Math.Min(output.Size, int.MaxValue)),
            .. output.IsVector ? ValueList.From<Layer>([]) : [Vae.Layers.Reshape(output)]]),
        conv2d: c => [Vae.Layers.Conv2d(output.Channels, c.Kernel, c.Stride, c.Padding)],
        convTranspose2d: c => [Vae.Layers.ConvTranspose2d(output.Channels, c.Kernel, c.Stride, c.Padding, c.ExtraRows, c.ExtraColumns)]);
}
