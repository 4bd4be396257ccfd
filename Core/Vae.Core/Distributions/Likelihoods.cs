namespace Vae;

/// <summary>Likelihoods by name, and what each means: a likelihood is added here and in <see cref="Likelihood"/>.</summary>
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

    /// <summary>How many numbers the decoder gives for each value of x.</summary>
    public static int ParametersPerValue(Likelihood likelihood) => likelihood.Match(normal: _ => 1, bernoulli: _ => 1);

    /// <summary>−ln p(x | parameters). Parameters [B, P·C, ...], x [B, C, ...] → [B]; nats.</summary>
    public static T NegLogDensity<T>(Likelihood likelihood, T parameters, T x) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, parameters, x));

    /// <summary>
    /// −ln p of the counted values of x alone. Parameters [B, P·C, ...], x [B, C, ...], counted [1, C, ...] of 0 and 1 → [B]; nats.
    /// Values are independent given z, so those of the others need not be known.
    /// </summary>
    public static T NegLogDensity<T>(Likelihood likelihood, T parameters, T x, T counted) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, parameters, x) * counted);

    /// <summary>The same for each value, before the sum. Parameters [B, P·C, ...], x [B, C, ...] → [B, C, ...]; nats.</summary>
    public static T NegLogDensityPerValue<T>(Likelihood likelihood, T parameters, T x) where T : struct, ITensor<T> => likelihood.Match(
        normal: n => -Normals.LogDensityPerValue(x, parameters, n.Sigma),
        bernoulli: _ => Bernoullis.NegLogDensityPerValue(parameters, x));

    /// <summary>E[x | parameters]: what a picture of a reconstruction shows. Parameters [B, P·C, ...] → [B, C, ...].</summary>
    public static T Mean<T>(Likelihood likelihood, T parameters) where T : struct, ITensor<T> => likelihood.Match(
        normal: _ => parameters,
        bernoulli: _ => T.Sigmoid(parameters));

    /// <summary>Whether the likelihood is a density of the values it accepts; if not, bounds are no bounds on ln p(x).</summary>
    public static bool IsDensity(Likelihood likelihood) => likelihood.Match(normal: _ => true, bernoulli: b => !b.Grey);

    /// <summary>Its name for people, as in a table's head.</summary>
    public static string Name(Likelihood likelihood) => likelihood.Match(
        normal: n => FormattableString.Invariant($"normal, σ = {n.Sigma:0.####}"),
        bernoulli: b => b.Grey ? "cross-entropy" : "Bernoulli");
}
