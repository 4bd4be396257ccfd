namespace Vae;

/// <summary>Likelihoods by name, and their formulas as functions.</summary>
public static partial class Likelihoods
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Likelihood Custom(ILikelihood definition) => new Likelihood.Custom(definition);

    /// <summary>
    /// A copy whose continuous and positive columns have the means and deviations of data, so that networks see all columns on one scale.
    /// </summary>
    /// <param name="likelihood">
    /// The likelihood. It is returned unchanged if it has no continuous columns, or not as many columns as the data.
    /// </param>
    /// <param name="data">The facts of the training data.</param>
    public static Likelihood Standardized(Likelihood likelihood, DataFacts data) => likelihood switch
    {
        Likelihood.Masked masked => masked.With(Standardized(masked.Inner, data)),
        Likelihood.Columns columns when columns.Items.Count == data.Columns.Count =>
            columns.With(ValueList.From(columns.Items.Zip(data.Columns, Standardized))),
        _ => likelihood,
    };

    private static Column Standardized(Column column, ValueFacts values) =>
        column switch
        {
            Column.Continuous continuous => continuous.With(values.Mean, values.Deviation),
            Column.Positive positive when values.Min > 0 => positive.With(values.Mean, values.Deviation),
            _ => column,
        };

    /// <summary>−ln p(x|z). [B, …], [B, C, …] → [B]; nats.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="x">Examples, [B, C, …].</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    public static T NegLogDensity<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state));

    /// <summary>
    /// −ln p of some of the values of x. Values are independent given z, so the other values may be missing. [B, …], [B, C, …], [1, C, …]
    /// → [B]; nats.
    /// </summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="x">Examples, [B, C, …].</param>
    /// <param name="counted">1 for each value that counts, else 0; [1, C, …].</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    public static T NegLogDensityOf<T>(Likelihood likelihood, T outputs, T x, T counted, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state) * counted);

    /// <summary>−ln p of each value, before the sum. [B, …], [B, C, …] → [B, C, …]; nats.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="x">Examples, [B, C, …].</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    public static T NegLogDensityPerValue<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        likelihood.Formulas().NegLogDensityPerValue(state ?? PartState<T>.Empty, outputs, x);

    /// <summary>E[x|z], which pictures of reconstructions show. [B, …] → [B, C, …].</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    public static T Mean<T>(Likelihood likelihood, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        likelihood.Formulas().Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>
    /// The decoder's outputs with which E[x|z] is the mean of the data, clamped to what the family can have; empty if it does not say.
    /// </summary>
    /// <param name="likelihood">The family.</param>
    /// <param name="moments">Of each value of an example without its mask, or of each channel.</param>
    /// <returns>One number for each output of the decoder.</returns>
    public static ValueList<double> OutputsFor(Likelihood likelihood, Moments moments) => likelihood.Formulas().OutputsFor(moments);

    /// <summary>The shape of E[x|z]: that of an example without its mask.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="input">The shape of one example.</param>
    public static Shape MeanShape(Likelihood likelihood, Shape input) =>
        likelihood.Formulas().TakesMask ? input.WithChannels(input.Channels / 2) : input;

    /// <summary>
    /// Whether the likelihood is a density or a mass of the values that it accepts. If not, bounds on it are not bounds on ln p(x).
    /// </summary>
    /// <param name="likelihood">The likelihood.</param>
    public static bool IsDensity(Likelihood likelihood) => likelihood.Formulas().IsDensity;

    /// <summary>The name in tables and pictures.</summary>
    /// <param name="likelihood">The likelihood.</param>
    public static string Name(Likelihood likelihood) => likelihood.Formulas().Name;
}
