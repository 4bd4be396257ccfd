namespace Vae;

/// <summary>One layer of a network, as data. Widths of the input are inferred; only what is new is stated.</summary>
[Closed]
public abstract partial record Layer
{
    /// <summary>[n] → [width]: x·Wᵀ + b.</summary>
    /// <param name="Width">The length of the output; ≥ 1.</param>
    public sealed partial record Linear(int Width) : Layer;

    /// <summary>[c, h, w] → [channels, ⌊(h + 2·padding − kernel) / stride⌋ + 1, …].</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed partial record Conv2d(int Channels, int Kernel, int Stride = 1, int Padding = 0) : Layer;

    /// <summary>[c, h, w] → [channels, (h − 1)·stride − 2·padding + kernel + extraRows, …]: the transpose of <see cref="Conv2d"/>.</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Cut from each side; ≥ 0.</param>
    /// <param name="ExtraRows">Rows added at the bottom, less than the stride: an odd height needs one.</param>
    /// <param name="ExtraColumns">Columns added at the right, less than the stride.</param>
    public sealed partial record ConvTranspose2d(int Channels, int Kernel, int Stride = 1, int Padding = 0, int ExtraRows = 0, int ExtraColumns = 0) : Layer;

    /// <summary>An activation, elementwise.</summary>
    /// <param name="Function">The function.</param>
    public sealed partial record Activate(Activation Function) : Layer;

    /// <summary>Normalizes each channel over the batch, by running statistics when not training; Ioffe &amp; Szegedy 2015.</summary>
    /// <param name="Momentum">The weight of the newest batch in the running statistics; in (0, 1].</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5) : Layer;

    /// <summary>Normalizes each example over groups of channels; Wu &amp; He 2018.</summary>
    /// <param name="Groups">Divides the channels; ≥ 1.</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record GroupNorm(int Groups, double Epsilon = 1e-5) : Layer;

    /// <summary>Normalizes each example over all its values; Ba et al. 2016.</summary>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record LayerNorm(double Epsilon = 1e-5) : Layer;

    /// <summary>Zeros values at random while training and scales the rest by 1 / (1 − rate); Srivastava et al. 2014.</summary>
    /// <param name="Rate">The probability of a zero; in [0, 1).</param>
    public sealed partial record Dropout(double Rate) : Layer;

    /// <summary>Any shape → a vector, row-major.</summary>
    public sealed partial record Flatten : Layer;

    /// <summary>The same values in another shape.</summary>
    /// <param name="To">Of the same size as the input.</param>
    public sealed partial record Reshape(Shape To) : Layer;

    /// <summary>[c, h, w] → [c, factor·h, factor·w], each value repeated.</summary>
    /// <param name="Factor">≥ 1.</param>
    public sealed partial record Upsample(int Factor) : Layer;

    /// <summary>x + body(x); He et al. 2016.</summary>
    /// <param name="Body">Its output has the shape of its input.</param>
    public sealed partial record Residual(ValueList<Layer> Body) : Layer;

    /// <summary>Joins the condition c once more, besides the network's start: appended to a vector, laid over an image as further channels.</summary>
    /// <param name="Width">What it adds: the length of c to a vector; to an image a channel for each value of a vector c, or the channels of an image c, which is averaged over blocks down to the image's size.</param>
    public sealed partial record AppendCondition(int Width) : Layer;

    /// <summary>A layer of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed partial record Custom(ILayer Definition) : Layer;
}
