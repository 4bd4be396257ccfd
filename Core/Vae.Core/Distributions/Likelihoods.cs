namespace Vae;

/// <summary>Likelihoods by name, and what each means: a likelihood is added here, in <see cref="Likelihood"/> and in a file of its own.</summary>
public static class Likelihoods
{
    /// <summary>N(x̂, sigma² I) with fixed sigma.</summary>
    public static Likelihood Normal(double sigma = 1) => Normal(Scales.Fixed(sigma));

    /// <summary>N(x̂, σ²) with a scale of any kind.</summary>
    public static Likelihood Normal(Scale scale) => new Likelihood.Normal(scale);

    /// <summary>N(x̂, I/2): its negative log-density is ‖x − x̂‖² plus the constant (n/2)·ln π.</summary>
    public static Likelihood SquaredError { get; } = Normal(Math.Sqrt(0.5));

    /// <summary>Laplace(x̂, b) with a scale of any kind.</summary>
    public static Likelihood Laplace(Scale scale) => new Likelihood.Laplace(scale);

    /// <summary>Independent Bernoulli values, of 0 and 1 only.</summary>
    public static Likelihood Bernoulli { get; } = new Likelihood.Bernoulli();

    /// <summary>The Bernoulli formula on values between 0 and 1: a cross-entropy, not a density.</summary>
    public static Likelihood CrossEntropy { get; } = new Likelihood.Bernoulli(Grey: true);

    /// <summary>The density on [0, 1] of the Bernoulli formula; Loaiza-Ganem &amp; Cunningham 2019.</summary>
    public static Likelihood ContinuousBernoulli { get; } = new Likelihood.ContinuousBernoulli();

    /// <summary>A beta density of values between 0 and 1, which are drawn in by a margin.</summary>
    public static Likelihood Beta(double margin = 1.0 / 512) => new Likelihood.Beta(margin);

    /// <summary>One of n levels k/(n − 1) for each value, by n logits.</summary>
    public static Likelihood Categorical(int levels = 256) => new Likelihood.Categorical(levels);

    /// <summary>One of n levels for each value, by a mixture of logistics; Salimans et al. 2017.</summary>
    public static Likelihood DiscretizedLogistic(int components = 1, int levels = 256) => new Likelihood.DiscretizedLogistic(components, levels);

    /// <summary>Counts by their rate, with a library by shares of each example's total.</summary>
    public static Likelihood Poisson(bool library = false) => new Likelihood.Poisson(library);

    /// <summary>Counts of greater variance than mean; Lopez et al. 2018.</summary>
    public static Likelihood NegativeBinomial(bool library = false) => new Likelihood.NegativeBinomial(ZeroInflated: false, library);

    /// <summary>The same with further zeros.</summary>
    public static Likelihood ZeroInflatedNegativeBinomial(bool library = false) => new Likelihood.NegativeBinomial(ZeroInflated: true, library);

    /// <summary>The columns of a table.</summary>
    public static Likelihood OfColumns(ValueList<Column> items) => new Likelihood.Columns(items);

    /// <summary>A family of the values that are known.</summary>
    public static Likelihood Masked(Likelihood inner) => new Likelihood.Masked(inner);

    /// <summary>A family of your own.</summary>
    public static Likelihood Custom(ILikelihood definition) => new Likelihood.Custom(definition);

    /// <summary>What it means.</summary>
    public static ILikelihood Meaning(Likelihood likelihood) => likelihood.Match<ILikelihood>(
        normal: n => new NormalLikelihood(n.Scale),
        laplace: l => new LaplaceLikelihood(l.Scale),
        bernoulli: b => new BernoulliLikelihood(b.Grey),
        continuousBernoulli: _ => new ContinuousBernoulliLikelihood(),
        beta: b => new BetaLikelihood(b.Margin),
        categorical: c => new CategoricalLikelihood(c.Levels, 1 / (c.Levels - 1.0)),
        discretizedLogistic: d => new DiscretizedLogisticLikelihood(d.Components, d.Levels),
        poisson: p => new PoissonLikelihood(p.Library),
        negativeBinomial: n => new NegativeBinomialLikelihood(n.ZeroInflated, n.Library),
        columns: c => new ColumnsLikelihood(c.Items),
        masked: m => new MaskedLikelihood(m.Inner),
        custom: c => c.Definition);

    /// <summary>The same, with the means and deviations of continuous columns taken from data, so that networks see all columns alike.</summary>
    public static Likelihood Standardized(Likelihood likelihood, DataFacts data) => likelihood switch
    {
        Likelihood.Masked masked => masked.With(Standardized(masked.Inner, data)),
        Likelihood.Columns columns when columns.Items.Count == data.Columns.Count => columns.With(ValueList.From(columns.Items.Select((column, i) =>
            column is Column.Continuous continuous ? continuous.With(data.Columns[i].Mean, data.Columns[i].Deviation) : column))),
        _ => likelihood,
    };

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

    /// <summary>The shape of E[x|z] for examples of a shape: that of x without its mask.</summary>
    public static Shape MeanShape(Likelihood likelihood, Shape input) => Meaning(likelihood).TakesMask ? input.WithChannels(input.Channels / 2) : input;

    /// <summary>Whether the likelihood is a density of the values it accepts; if not, bounds are no bounds on ln p(x).</summary>
    public static bool IsDensity(Likelihood likelihood) => Meaning(likelihood).IsDensity;

    /// <summary>Its name for people, as in a table's head.</summary>
    public static string Name(Likelihood likelihood) => Meaning(likelihood).Name;
}
