using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The last layer of a network. Its width follows from what it must parameterize, so likelihoods and posteriors are exchanged freely.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Dense), "dense")]
[JsonDerivedType(typeof(Conv2d), "conv2d")]
[JsonDerivedType(typeof(ConvTranspose2d), "convTranspose2d")]
public abstract record Head
{
    private protected Head() { }

    /// <summary>Flatten, then linear.</summary>
    public sealed record Dense : Head
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Dense(this);
    }

    /// <summary>A convolution to the needed channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed record Conv2d(int Kernel, int Stride = 1, int Padding = 0) : Head
    {
        /// <summary>The same with other parts.</summary>
        public Conv2d With(int? kernel = null, int? stride = null, int? padding = null) => new(kernel ?? Kernel, stride ?? Stride, padding ?? Padding);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Conv2d(this);
    }

    /// <summary>A transposed convolution to the needed channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Cut from each side; ≥ 0.</param>
    /// <param name="ExtraRows">Rows added at the bottom, less than the stride.</param>
    /// <param name="ExtraColumns">Columns added at the right, less than the stride.</param>
    public sealed record ConvTranspose2d(int Kernel, int Stride = 1, int Padding = 0, int ExtraRows = 0, int ExtraColumns = 0) : Head
    {
        /// <summary>The same with other parts.</summary>
        public ConvTranspose2d With(int? kernel = null, int? stride = null, int? padding = null, int? extraRows = null, int? extraColumns = null) => new(kernel ?? Kernel, stride ?? Stride, padding ?? Padding, extraRows ?? ExtraRows, extraColumns ?? ExtraColumns);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.ConvTranspose2d(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Dense, TResult> dense,
        Func<Conv2d, TResult> conv2d,
        Func<ConvTranspose2d, TResult> convTranspose2d) =>
        Accept(new Cases<TResult>(dense, conv2d, convTranspose2d));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Dense, TResult> Dense,
        Func<Conv2d, TResult> Conv2d,
        Func<ConvTranspose2d, TResult> ConvTranspose2d);
}
