namespace Vae;

/// <summary>Likelihoods by name, and what each means: a likelihood is added here, in <see cref="Likelihood"/> and in a file of its own.</summary>
public static class Likelihoods
{
    /// <summary>N(x̂, sigma² I) with fixed sigma.</summary>
    public static Likelihood Normal(double sigma = 1) => new Likelihood.Normal(sigma);

    /// <summary>N(x̂, I/2): its negative log-density is ‖x − x̂‖² plus the constant (n/2)·ln π.</summary>
    public static Likelihood SquaredError { get; } = Normal(Math.Sqrt(0.5));

    /// <summary>Independent Bernoulli values, of 0 and 1 only.</summary>
    public static Likelihood Bernoulli { get; } = new Likelihood.Bernoulli();

    /// <summary>The Bernoulli formula on values between 0 and 1: a cross-entropy, not a density.</summary>
    public static Likelihood CrossEntropy { get; } = new Likelihood.Bernoulli(Grey: true);

    /// <summary>A family of your own.</summary>
    public static Likelihood Custom(ILikelihood definition) => new Likelihood.Custom(definition);

    /// <summary>What it means.</summary>
    public static ILikelihood Meaning(Likelihood likelihood) => likelihood.Match<ILikelihood>(
        normal: n => new NormalLikelihood(n.Sigma),
        bernoulli: b => new BernoulliLikelihood(b.Grey),
        custom: c => c.Definition);

    /// <summary>−ln p(x|z) of the decoder's outputs. Outputs [B, …], x [B, C, ...] → [B]; nats.</summary>
    public static T NegLogDensity<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state));

    /// <summary>
    /// −ln p of the counted values of x alone. Outputs [B, …], x [B, C, ...], counted [1, C, ...] of 0 and 1 → [B]; nats.
    /// Values are independent given z, so those of the others need not be known.
    /// </summary>
    public static T NegLogDensityOf<T>(Likelihood likelihood, T outputs, T x, T counted, PartState<T>? state = null) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state) * counted);

    /// <summary>The same for each value, before the sum. Outputs [B, …], x [B, C, ...] → [B, C, ...]; nats.</summary>
    public static T NegLogDensityPerValue<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(likelihood).NegLogDensityPerValue(state ?? PartState<T>.Empty, outputs, x);

    /// <summary>E[x|z]: what a picture of a reconstruction shows. Outputs [B, …] → [B, C, ...].</summary>
    public static T Mean<T>(Likelihood likelihood, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(likelihood).Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>Whether the likelihood is a density of the values it accepts; if not, bounds are no bounds on ln p(x).</summary>
    public static bool IsDensity(Likelihood likelihood) => Meaning(likelihood).IsDensity;

    /// <summary>Its name for people, as in a table's head.</summary>
    public static string Name(Likelihood likelihood) => Meaning(likelihood).Name;
}
