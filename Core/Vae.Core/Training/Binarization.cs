using System.Text.Json.Serialization;

namespace Vae;

/// <summary>How grey values become 0 or 1.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Threshold), "threshold")]
[JsonDerivedType(typeof(Stochastic), "stochastic")]
public abstract record Binarization
{
    private protected Binarization() { }

    /// <summary>They stay as they are.</summary>
    public sealed record None : Binarization
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>By comparison.</summary>
    /// <param name="At">Values above it become 1; in [0, 1).</param>
    public sealed record Threshold(double At = 0.5) : Binarization
    {
        /// <summary>The same with other parts.</summary>
        public Threshold With(double? at = null) => new(at ?? At);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Threshold(this);
    }

    /// <summary>Each is 1 with its grey value as probability, drawn anew each epoch; Salakhutdinov &amp; Murray 2008.</summary>
    public sealed record Stochastic : Binarization
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Stochastic(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<None, TResult> none, Func<Threshold, TResult> threshold, Func<Stochastic, TResult> stochastic) =>
        Accept(new Cases<TResult>(none, threshold, stochastic));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<None, TResult> None, Func<Threshold, TResult> Threshold, Func<Stochastic, TResult> Stochastic);
}
