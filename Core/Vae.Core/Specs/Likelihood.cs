using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The family of p(x|z).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Normal), "normal")]
[JsonDerivedType(typeof(Bernoulli), "bernoulli")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Likelihood
{
    private protected Likelihood() { }

    /// <summary>N(x̂, σ² I); the decoder gives x̂.</summary>
    /// <param name="Sigma">The fixed standard deviation; &gt; 0. At 1/√2 the negative log-density is ‖x − x̂‖² plus a constant.</param>
    public sealed record Normal(double Sigma = 1) : Likelihood
    {
        /// <summary>The same with other parts.</summary>
        public Normal With(double? sigma = null) => new(sigma ?? Sigma);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Normal(this);
    }

    /// <summary>Independent Bernoulli values; the decoder gives logits.</summary>
    /// <param name="Grey">Whether values between 0 and 1 are accepted; then it is a cross-entropy, not a log-density.</param>
    public sealed record Bernoulli(bool Grey = false) : Likelihood
    {
        /// <summary>The same with other parts.</summary>
        public Bernoulli With(bool? grey = null) => new(grey ?? Grey);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Bernoulli(this);
    }

    /// <summary>A family of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(ILikelihood Definition) : Likelihood
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(ILikelihood? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Normal, TResult> normal, Func<Bernoulli, TResult> bernoulli, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(normal, bernoulli, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Normal, TResult> Normal, Func<Bernoulli, TResult> Bernoulli, Func<Custom, TResult> Custom);
}
