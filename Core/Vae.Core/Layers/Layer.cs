using System.Text.Json.Serialization;

namespace Vae;

/// <summary>One layer of a network, as data. Widths of the input are inferred; only what is new is stated.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Conv2d), "conv2d")]
[JsonDerivedType(typeof(ConvTranspose2d), "convTranspose2d")]
[JsonDerivedType(typeof(Activate), "activate")]
[JsonDerivedType(typeof(BatchNorm), "batchNorm")]
[JsonDerivedType(typeof(GroupNorm), "groupNorm")]
[JsonDerivedType(typeof(LayerNorm), "layerNorm")]
[JsonDerivedType(typeof(Dropout), "dropout")]
[JsonDerivedType(typeof(Flatten), "flatten")]
[JsonDerivedType(typeof(Reshape), "reshape")]
[JsonDerivedType(typeof(Upsample), "upsample")]
[JsonDerivedType(typeof(Residual), "residual")]
[JsonDerivedType(typeof(AppendCondition), "appendCondition")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Layer
{
    private protected Layer() { }

    /// <summary>[n] → [width]: x·Wᵀ + b.</summary>
    /// <param name="Width">The length of the output; ≥ 1.</param>
    public sealed record Linear(int Width) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Linear With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Linear(this);
    }

    /// <summary>[c, h, w] → [channels, ⌊(h + 2·padding − kernel) / stride⌋ + 1, …].</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed record Conv2d(int Channels, int Kernel, int Stride = 1, int Padding = 0) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Conv2d With(int? channels = null, int? kernel = null, int? stride = null, int? padding = null) => new(channels ?? Channels, kernel ?? Kernel, stride ?? Stride, padding ?? Padding);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Conv2d(this);
    }

    /// <summary>[c, h, w] → [channels, (h − 1)·stride − 2·padding + kernel + extraRows, …]: the transpose of <see cref="Conv2d"/>.</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Cut from each side; ≥ 0.</param>
    /// <param name="ExtraRows">Rows added at the bottom, less than the stride: an odd height needs one.</param>
    /// <param name="ExtraColumns">Columns added at the right, less than the stride.</param>
    public sealed record ConvTranspose2d(int Channels, int Kernel, int Stride = 1, int Padding = 0, int ExtraRows = 0, int ExtraColumns = 0) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public ConvTranspose2d With(int? channels = null, int? kernel = null, int? stride = null, int? padding = null, int? extraRows = null, int? extraColumns = null) => new(channels ?? Channels, kernel ?? Kernel, stride ?? Stride, padding ?? Padding, extraRows ?? ExtraRows, extraColumns ?? ExtraColumns);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.ConvTranspose2d(this);
    }

    /// <summary>An activation, elementwise.</summary>
    /// <param name="Function">The function.</param>
    public sealed record Activate(Activation Function) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Activate With(Activation? function = null) => new(function ?? Function);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Activate(this);
    }

    /// <summary>Normalizes each channel over the batch, by running statistics when not training; Ioffe &amp; Szegedy 2015.</summary>
    /// <param name="Momentum">The weight of the newest batch in the running statistics; in (0, 1].</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public BatchNorm With(double? momentum = null, double? epsilon = null) => new(momentum ?? Momentum, epsilon ?? Epsilon);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.BatchNorm(this);
    }

    /// <summary>Normalizes each example over groups of channels; Wu &amp; He 2018.</summary>
    /// <param name="Groups">Divides the channels; ≥ 1.</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed record GroupNorm(int Groups, double Epsilon = 1e-5) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public GroupNorm With(int? groups = null, double? epsilon = null) => new(groups ?? Groups, epsilon ?? Epsilon);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.GroupNorm(this);
    }

    /// <summary>Normalizes each example over all its values; Ba et al. 2016.</summary>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed record LayerNorm(double Epsilon = 1e-5) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public LayerNorm With(double? epsilon = null) => new(epsilon ?? Epsilon);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.LayerNorm(this);
    }

    /// <summary>Zeros values at random while training and scales the rest by 1 / (1 − rate); Srivastava et al. 2014.</summary>
    /// <param name="Rate">The probability of a zero; in [0, 1).</param>
    public sealed record Dropout(double Rate) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Dropout With(double? rate = null) => new(rate ?? Rate);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Dropout(this);
    }

    /// <summary>Any shape → a vector, row-major.</summary>
    public sealed record Flatten : Layer
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Flatten(this);
    }

    /// <summary>The same values in another shape.</summary>
    /// <param name="To">Of the same size as the input.</param>
    public sealed record Reshape(Shape To) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Reshape With(Shape? to = null) => new(to ?? To);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Reshape(this);
    }

    /// <summary>[c, h, w] → [c, factor·h, factor·w], each value repeated.</summary>
    /// <param name="Factor">≥ 1.</param>
    public sealed record Upsample(int Factor) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Upsample With(int? factor = null) => new(factor ?? Factor);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Upsample(this);
    }

    /// <summary>x + body(x); He et al. 2016.</summary>
    /// <param name="Body">Its output has the shape of its input.</param>
    public sealed record Residual(ValueList<Layer> Body) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Residual With(ValueList<Layer>? body = null) => new(body ?? Body);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Residual(this);
    }

    /// <summary>Joins the condition c once more, besides the network's start: appended to a vector, laid over an image as further channels.</summary>
    /// <param name="Width">What it adds: the length of c to a vector; to an image a channel for each value of a vector c, or the channels of an image c, which is averaged over blocks down to the image's size.</param>
    public sealed record AppendCondition(int Width) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public AppendCondition With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.AppendCondition(this);
    }

    /// <summary>A layer of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(ILayer Definition) : Layer
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(ILayer? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Linear, TResult> linear,
        Func<Conv2d, TResult> conv2d,
        Func<ConvTranspose2d, TResult> convTranspose2d,
        Func<Activate, TResult> activate,
        Func<BatchNorm, TResult> batchNorm,
        Func<GroupNorm, TResult> groupNorm,
        Func<LayerNorm, TResult> layerNorm,
        Func<Dropout, TResult> dropout,
        Func<Flatten, TResult> flatten,
        Func<Reshape, TResult> reshape,
        Func<Upsample, TResult> upsample,
        Func<Residual, TResult> residual,
        Func<AppendCondition, TResult> appendCondition, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(
            linear, conv2d, convTranspose2d, activate, batchNorm, groupNorm, layerNorm, dropout, flatten, reshape, upsample, residual, appendCondition, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Linear, TResult> Linear,
        Func<Conv2d, TResult> Conv2d,
        Func<ConvTranspose2d, TResult> ConvTranspose2d,
        Func<Activate, TResult> Activate,
        Func<BatchNorm, TResult> BatchNorm,
        Func<GroupNorm, TResult> GroupNorm,
        Func<LayerNorm, TResult> LayerNorm,
        Func<Dropout, TResult> Dropout,
        Func<Flatten, TResult> Flatten,
        Func<Reshape, TResult> Reshape,
        Func<Upsample, TResult> Upsample,
        Func<Residual, TResult> Residual,
        Func<AppendCondition, TResult> AppendCondition, Func<Custom, TResult> Custom);
}
