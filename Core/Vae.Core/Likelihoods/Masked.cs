namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Another family restricted to observed values: −ln p of those only (Nazábal et al. 2020, eq. 4). The channels of x are followed by
    /// a mask of the same number of channels, 1 for an observed value; missing values are 0.
    /// </summary>
    /// <param name="Inner">The family of the values.</param>
    public sealed partial record Masked(Likelihood Inner) : Likelihood, ILikelihood
    {
        // A property and not a field: nested masks must be refused before their formulas are evaluated.
        private ILikelihood Values => Inner.Formulas();

        string IPart<ILikelihood>.Name => Inner is Likelihood.Masked ? "masked" : $"{Values.Name}, of observed values";

        Shape ILikelihood.Outputs(Shape input) => Values.Outputs(ShapeOfValues(input));

        Shape ILikelihood.EncoderInput(Shape input) => Values.EncoderInput(ShapeOfValues(input)) is var shown
            ? shown.WithChannels((int)Math.Min((long)shown.Channels + input.Channels / 2, int.MaxValue)) : input;

        bool ILikelihood.TakesNumbers => Inner is not Likelihood.Masked && Values.TakesNumbers;

        bool ILikelihood.TakesMask => true;

        bool ILikelihood.IsSeparable => false;

        bool ILikelihood.IsDensity => Inner is Likelihood.Masked || Values.IsDensity;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => Values.Learned(ShapeOfValues(input));

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) =>
            input.Dims.Count is not (1 or 3) ? []
            : Inner is Likelihood.Masked ? [new($"{path}.inner", "must be a family of values", "another mask")]
            : input.Channels % 2 != 0 ? [
                new(path, "masked needs an even number of channels: values, then their mask (data.masked)", $"{input}")]
            : [
                .. Rules.If(!Values.IsSeparable, $"{path}.inner", "must be a family whose values can be left out one by one", Values.Name),
                .. Values.Problems(ShapeOfValues(input), $"{path}.inner")];

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) =>
            data.IsMasked && Inner is not Likelihood.Masked && data.Shape.Dims.Count is 1 or 3
                ? Values.Problems(data.With(shape: ShapeOfValues(data.Shape), isMasked: false), $"{path}.inner")
                : [];

        T ILikelihood.ForEncoder<T>(T x)
        {
            T values = Half(x, 0), observed = Half(x, 1);
            var shown = Inner is Columns columns ? columns.ForEncoder(values, observed) : Values.ForEncoder(values) * observed;
            return T.Concat(shown, observed, 1);
        }

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            Values.NegLogDensityPerValue(state, outputs, Half(x, 0)) * Half(x, 1);

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => Values.Mean(state, outputs);

        Shape ILikelihood.Uniforms(Shape input) => Values.Uniforms(ShapeOfValues(input));

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) => Values.Draw(state, outputs, uniforms);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Values.Mode(state, outputs);

        private static Shape ShapeOfValues(Shape input) => input.WithChannels(input.Channels / 2);

        private static T Half<T>(T x, int which) where T : struct, ITensor<T> => OutputBlocks.Block(x, which, 2);
    }
}

public static partial class Likelihoods
{
    /// <summary>Restricts a family to the observed values of examples with a mask.</summary>
    /// <param name="inner">The family of the values.</param>
    public static Likelihood Masked(Likelihood inner) => new Likelihood.Masked(inner);
}
