namespace Vae;

/// <summary>Likelihoods by name, and their formulas as functions.</summary>
public static partial class Likelihoods
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Likelihood Custom(ILikelihood definition) => new Likelihood.Custom(definition);

    /// <summary>
    /// A copy whose continuous columns have the means and deviations of data, so that networks see all columns on one scale.
    /// </summary>
    /// <param name="likelihood">Returned as it is if it has no continuous columns, or not as many columns as the data.</param>
    /// <param name="data">The facts of the training data.</param>
    public static Likelihood Standardized(Likelihood likelihood, DataFacts data) => likelihood switch
    {
        Likelihood.Masked masked => masked.With(Standardized(masked.Inner, data)),
        Likelihood.Columns columns when columns.Items.Count == data.Columns.Count =>
            columns.With(ValueList.From(columns.Items.Zip(data.Columns, Standardized))),
        _ => likelihood,
    };

    private static Column Standardized(Column column, ValueFacts values) =>
        column is Column.Continuous continuous ? continuous.With(values.Mean, values.Deviation) : column;

    /// <summary>−ln p(x|z) of the decoder's outputs. Outputs [B, …], x [B, C, …] → [B]; nats.</summary>
    public static T NegLogDensity<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null) where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state));

    /// <summary>
    /// −ln p of the counted values of x only. Outputs [B, …], x [B, C, …], counted [1, C, …] of 0 and 1 → [B]; nats.
    /// Values are independent given z, so the other values may be missing.
    /// </summary>
    public static T NegLogDensityOf<T>(Likelihood likelihood, T outputs, T x, T counted, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        T.SumEvent(NegLogDensityPerValue(likelihood, outputs, x, state) * counted);

    /// <summary>−ln p of each value, before the sum. Outputs [B, …], x [B, C, …] → [B, C, …]; nats.</summary>
    public static T NegLogDensityPerValue<T>(Likelihood likelihood, T outputs, T x, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        likelihood.Formulas().NegLogDensityPerValue(state ?? PartState<T>.Empty, outputs, x);

    /// <summary>E[x|z], which pictures of reconstructions show. Outputs [B, …] → [B, C, …].</summary>
    public static T Mean<T>(Likelihood likelihood, T outputs, PartState<T>? state = null) where T : struct, ITensor<T> =>
        likelihood.Formulas().Mean(state ?? PartState<T>.Empty, outputs);

    /// <summary>
    /// The decoder's outputs with which E[x|z] is the mean of the data, clamped to what the family can have; empty if it does not say.
    /// </summary>
    /// <param name="likelihood">The family.</param>
    /// <param name="moments">Of each value of an example without its mask, or of each channel.</param>
    /// <returns>One number for each output of the decoder.</returns>
    public static ValueList<double> OutputsFor(Likelihood likelihood, Moments moments) => likelihood.Formulas().OutputsFor(moments);

    /// <summary>The shape of E[x|z] for examples of a shape: the shape of x without its mask.</summary>
    public static Shape MeanShape(Likelihood likelihood, Shape input) =>
        likelihood.Formulas().TakesMask ? input.WithChannels(input.Channels / 2) : input;

    /// <summary>Whether the likelihood is a density of the values it accepts. If not, bounds on it are not bounds on ln p(x).</summary>
    public static bool IsDensity(Likelihood likelihood) => likelihood.Formulas().IsDensity;

    /// <summary>The name that tables and pictures show.</summary>
    public static string Name(Likelihood likelihood) => likelihood.Formulas().Name;
}
