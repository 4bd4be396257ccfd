using System.Text.Json.Serialization;

namespace Vae;

/// <summary>How wide a likelihood is around its centre: the standard deviation of a normal, the scale b of a Laplace.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Fixed), "fixed")]
[JsonDerivedType(typeof(Learned), "learned")]
[JsonDerivedType(typeof(Shared), "shared")]
[JsonDerivedType(typeof(Optimal), "optimal")]
public abstract record Scale
{
    private protected Scale() { }

    /// <summary>A given number.</summary>
    /// <param name="Sigma">&gt; 0.</param>
    public sealed record Fixed(double Sigma = 1) : Scale
    {
        /// <summary>The same with other parts.</summary>
        public Fixed With(double? sigma = null) => new(sigma ?? Sigma);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Fixed(this);
    }

    /// <summary>The decoder gives the logarithm of it for each value, softly bounded; Rybkin et al. 2021, section 3.2.</summary>
    public sealed record Learned : Scale
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Learned(this);
    }

    /// <summary>One for all values, learned as a parameter; Rybkin et al. 2021, section 3.2.</summary>
    public sealed record Shared : Scale
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Shared(this);
    }

    /// <summary>The one for all values that fits best: of the batch while training, a moving estimate of it afterwards; Rybkin et al. 2021, section 3.3.</summary>
    public sealed record Optimal : Scale
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Optimal(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Fixed, TResult> @fixed, Func<Learned, TResult> learned, Func<Shared, TResult> shared, Func<Optimal, TResult> optimal) =>
        Accept(new Cases<TResult>(@fixed, learned, shared, optimal));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Fixed, TResult> Fixed, Func<Learned, TResult> Learned, Func<Shared, TResult> Shared, Func<Optimal, TResult> Optimal);
}

/// <summary>Scales by name.</summary>
public static class Scales
{
    /// <summary>A given number.</summary>
    public static Scale Fixed(double sigma = 1) => new Scale.Fixed(sigma);

    /// <summary>The decoder gives one for each value.</summary>
    public static Scale Learned { get; } = new Scale.Learned();

    /// <summary>One learned number.</summary>
    public static Scale Shared { get; } = new Scale.Shared();

    /// <summary>The one that fits best.</summary>
    public static Scale Optimal { get; } = new Scale.Optimal();
}
