using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What the encoder and the decoder are told besides x and z: q(z|x, c), p(x|z, c); Sohn et al. 2015.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Label), "label")]
[JsonDerivedType(typeof(Vector), "vector")]
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>Nothing: an unconditional model.</summary>
    public sealed record None : Condition
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>A class label, one-hot.</summary>
    /// <param name="Classes">The number of classes; labels are 0 … classes − 1.</param>
    public sealed record Label(int Classes) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Label With(int? classes = null) => new(classes ?? Classes);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Label(this);
    }

    /// <summary>A vector of finite real values.</summary>
    /// <param name="Width">The length of the vector; ≥ 1.</param>
    public sealed record Vector(int Width) : Condition
    {
        /// <summary>The same with other parts.</summary>
        public Vector With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Vector(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<None, TResult> none, Func<Label, TResult> label, Func<Vector, TResult> vector) =>
        Accept(new Cases<TResult>(none, label, vector));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<None, TResult> None, Func<Label, TResult> Label, Func<Vector, TResult> Vector);
}
