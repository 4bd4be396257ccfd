using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What happens when the validation bound no longer improves.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Never), "never")]
[JsonDerivedType(typeof(Patience), "patience")]
[JsonDerivedType(typeof(Plateau), "plateau")]
public abstract record Stopping
{
    private protected Stopping() { }

    /// <summary>Nothing: the run goes to its last epoch.</summary>
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

    /// <summary>The learning rate falls, so many times, before the run ends; waits are counted as with <see cref="Patience"/>, anew after each fall; the best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    /// <param name="Factor">What the learning rate is multiplied by each time; in (0, 1).</param>
    /// <param name="Times">How often it falls; ≥ 1. The wait after the last fall ends the run.</param>
    public sealed record Plateau(int Epochs, double Factor, int Times) : Stopping
    {
        /// <summary>The same with other parts.</summary>
        public Plateau With(int? epochs = null, double? factor = null, int? times = null) => new(epochs ?? Epochs, factor ?? Factor, times ?? Times);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Plateau(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Never, TResult> never, Func<Patience, TResult> patience, Func<Plateau, TResult> plateau) =>
        Accept(new Cases<TResult>(never, patience, plateau));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Never, TResult> Never, Func<Patience, TResult> Patience, Func<Plateau, TResult> Plateau);
}
