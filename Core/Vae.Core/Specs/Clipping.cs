using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What is done to a large gradient.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Norm), "norm")]
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

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<None, TResult> none, Func<Norm, TResult> norm) =>
        Accept(new Cases<TResult>(none, norm));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<None, TResult> None, Func<Norm, TResult> Norm);
}
