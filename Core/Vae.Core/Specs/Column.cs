using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What a column of a table holds, one number a row.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Continuous), "continuous")]
[JsonDerivedType(typeof(Binary), "binary")]
[JsonDerivedType(typeof(Categorical), "categorical")]
[JsonDerivedType(typeof(Count), "count")]
public abstract record Column
{
    private protected Column() { }

    /// <summary>Any real number: normal, the decoder gives mean and ln σ in units of the deviation.</summary>
    /// <param name="Mean">About the column's mean, which networks see as 0.</param>
    /// <param name="Deviation">About its standard deviation, which networks see as 1; &gt; 0.</param>
    public sealed record Continuous(double Mean = 0, double Deviation = 1) : Column
    {
        /// <summary>The same with other parts.</summary>
        public Continuous With(double? mean = null, double? deviation = null) => new(mean ?? Mean, deviation ?? Deviation);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Continuous(this);
    }

    /// <summary>0 or 1: Bernoulli, the decoder gives a logit.</summary>
    public sealed record Binary : Column
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Binary(this);
    }

    /// <summary>One of 0 … classes − 1: categorical, the decoder gives a logit for each; the encoder sees it one-hot.</summary>
    /// <param name="Classes">≥ 2.</param>
    public sealed record Categorical(int Classes) : Column
    {
        /// <summary>The same with other parts.</summary>
        public Categorical With(int? classes = null) => new(classes ?? Classes);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Categorical(this);
    }

    /// <summary>0, 1, 2, …: negative binomial, the decoder gives ln of mean and dispersion; the encoder sees ln(1 + x).</summary>
    public sealed record Count : Column
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Count(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Continuous, TResult> continuous, Func<Binary, TResult> binary, Func<Categorical, TResult> categorical, Func<Count, TResult> count) =>
        Accept(new Cases<TResult>(continuous, binary, categorical, count));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Continuous, TResult> Continuous, Func<Binary, TResult> Binary, Func<Categorical, TResult> Categorical, Func<Count, TResult> Count);
}

/// <summary>Columns by name.</summary>
public static class Columns
{
    /// <summary>Real numbers of about this mean and deviation.</summary>
    public static Column Continuous(double mean = 0, double deviation = 1) => new Column.Continuous(mean, deviation);

    /// <summary>0 or 1.</summary>
    public static Column Binary { get; } = new Column.Binary();

    /// <summary>0 … classes − 1.</summary>
    public static Column Categorical(int classes) => new Column.Categorical(classes);

    /// <summary>0, 1, 2, ….</summary>
    public static Column Count { get; } = new Column.Count();
}
