namespace Vae;

/// <summary>What <see cref="Likelihood.Masked"/> means.</summary>
internal sealed record MaskedLikelihood(Likelihood Inner) : ILikelihood
{
    // Asked for when it is needed: a mask within a mask must be refused before it is followed.
    private ILikelihood Of => Likelihoods.Meaning(Inner);

    public string Name => Inner is Likelihood.Masked ? "masked" : $"{Of.Name}, of known values";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => Of.Outputs(Values(input));

    public Shape EncoderInput(Shape input) => Of.EncoderInput(Values(input)) is var shown
        ? shown.WithChannels((int)Math.Min((long)shown.Channels + input.Channels / 2, int.MaxValue)) : input;

    public bool TakesNumbers => Inner is not Likelihood.Masked && Of.TakesNumbers;

    public bool TakesMask => true;

    public bool IsSeparable => false;

    public bool IsDensity => Inner is Likelihood.Masked || Of.IsDensity;

    public ValueList<Parameter> Learned(Shape input) => Of.Learned(Values(input));

    public ValueList<Problem> Problems(Shape input, string path) =>
        input.Dims.Count is not (1 or 3) ? []
        : Inner is Likelihood.Masked ? [new($"{path}.inner", "must be a family of values", "another mask")]
        : input.Channels % 2 != 0 ? [new(path, "masked needs an even number of channels, values and their mask (data.masked)", $"{input}")]
        : [.. Rules.If(!Of.IsSeparable, $"{path}.inner", "must be a family whose values can be left out one by one", Of.Name), .. Of.Problems(Values(input), $"{path}.inner")];

    public ValueList<Problem> Problems(DataFacts data, string path) =>
        data.IsMasked && Inner is not Likelihood.Masked && data.Shape.Dims.Count is 1 or 3 ? Of.Problems(data.With(shape: Values(data.Shape), isMasked: false), $"{path}.inner") : [];

    public T ForEncoder<T>(T x) where T : struct, ITensor<T>
    {
        T values = Half(x, 0), known = Half(x, 1);
        return T.Concat(Of is ColumnsLikelihood columns ? columns.ForEncoder(values, known) : Of.ForEncoder(values) * known, known, 1);
    }

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        Of.NegLogDensityPerValue(state, outputs, Half(x, 0)) * Half(x, 1);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Of.Mean(state, outputs);

    private static Shape Values(Shape input) => input.WithChannels(input.Channels / 2);

    private static T Half<T>(T x, int which) where T : struct, ITensor<T> => OutputBlocks.Block(x, which, 2);
}
