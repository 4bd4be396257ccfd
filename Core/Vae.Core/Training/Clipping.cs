using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What is done to a large gradient.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Norm), "norm")]
[JsonDerivedType(typeof(Skip), "skip")]
public abstract record Clipping
{
    private protected Clipping() { }

    /// <summary>Nothing.</summary>
    public sealed record None : Clipping
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>The whole gradient is scaled so that its Euclidean norm is at most max; Pascanu et al. 2013.</summary>
    /// <param name="Max">&gt; 0.</param>
    public sealed record Norm(double Max) : Clipping
    {
        /// <summary>The same with other parts.</summary>
        public Norm With(double? max = null) => new(max ?? Max);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Norm(this);
    }

    /// <summary>A step whose gradient is an outlier is not taken, as if its batch had not been there; Child 2021, section 3.3. A gradient that is not finite counts as one.</summary>
    /// <param name="Above">The Euclidean norm beyond which a gradient is an outlier; &gt; 0.</param>
    /// <param name="Otherwise">What is done to the others; the norm is taken before.</param>
    public sealed record Skip(double Above, Clipping Otherwise) : Clipping
    {
        /// <summary>The same with other parts.</summary>
        public Skip With(double? above = null, Clipping? otherwise = null) => new(above ?? Above, otherwise ?? Otherwise);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Skip(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<None, TResult> none, Func<Norm, TResult> norm, Func<Skip, TResult> skip) =>
        Accept(new Cases<TResult>(none, norm, skip));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<None, TResult> None, Func<Norm, TResult> Norm, Func<Skip, TResult> Skip);
}
