using System.Text.Json.Serialization;

namespace Vae;

/// <summary>Whether the weights that are kept are an average over training.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Exponential), "exponential")]
public abstract record Averaging
{
    private protected Averaging() { }

    /// <summary>The last weights.</summary>
    public sealed record None : Averaging
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.None(this);
    }

    /// <summary>An exponential moving average, by which the model is evaluated and saved; Polyak &amp; Juditsky 1992.</summary>
    /// <param name="Decay">The part of the average that a step keeps; in (0, 1).</param>
    public sealed record Exponential(double Decay) : Averaging
    {
        /// <summary>The same with other parts.</summary>
        public Exponential With(double? decay = null) => new(decay ?? Decay);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Exponential(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<None, TResult> none, Func<Exponential, TResult> exponential) =>
        Accept(new Cases<TResult>(none, exponential));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<None, TResult> None, Func<Exponential, TResult> Exponential);
}
