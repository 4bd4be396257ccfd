using System.Text.Json.Serialization;

namespace Vae;

/// <summary>When a run ends before its last epoch.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Never), "never")]
[JsonDerivedType(typeof(Patience), "patience")]
public abstract record Stopping
{
    private protected Stopping() { }

    /// <summary>It does not.</summary>
    public sealed record Never : Stopping
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Never(this);
    }

    /// <summary>Early stopping, counted from the end of the β warm-up; the best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    public sealed record Patience(int Epochs) : Stopping
    {
        /// <summary>The same with other parts.</summary>
        public Patience With(int? epochs = null) => new(epochs ?? Epochs);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Patience(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Never, TResult> never, Func<Patience, TResult> patience) =>
        Accept(new Cases<TResult>(never, patience));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Never, TResult> Never, Func<Patience, TResult> Patience);
}
