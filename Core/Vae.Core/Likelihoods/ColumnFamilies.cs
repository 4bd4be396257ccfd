namespace Vae;

/// <summary>Neighbouring columns of one kind, which are computed together.</summary>
internal sealed record ColumnRun(ILikelihood Family, int Start, int Count)
{
    public Shape Input => Shape.Vector(Count);

    public static ValueList<ColumnRun> Group(ValueList<Column> columns)
    {
        var runs = new List<ColumnRun>();
        for (int start = 0, end; start < columns.Count; start = end)
        {
            for (end = start + 1; end < columns.Count && columns[start].IsLike(columns[end]); end++) { }
            runs.Add(new(columns[start].Family([.. columns.Skip(start).Take(end - start)]), start, end - start));
        }
        return ValueList.From(runs);
    }
}

/// <summary>Normal in units of each column's deviation, with a learned scale for each value.</summary>
internal sealed record ContinuousColumns(ValueList<Column.Continuous> Items) : ILikelihood
{
    private static readonly ILikelihood Standard = new Likelihood.Normal(Scales.Learned);

    public string Name => "continuous";

    public Shape Outputs(Shape input) => Standard.Outputs(input);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => (x - Row(x, c => c.Mean)) / Row(x, c => c.Deviation);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        Standard.NegLogDensityPerValue(state, outputs, ForEncoder(x)) + Row(x, c => Math.Log(c.Deviation));

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        Scaled(Standard.Mean(state, outputs));

    public Shape Uniforms(Shape input) => Standard.Uniforms(input);

    public NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) => Scaled(Standard.Draw(state, outputs, uniforms));

    public NdArray Mode(PartState<NdArray> state, NdArray outputs) => Scaled(Standard.Mode(state, outputs));

    private T Scaled<T>(T standard) where T : struct, ITensor<T> =>
        Row(standard, c => c.Mean) + Row(standard, c => c.Deviation) * standard;

    private T Row<T>(T like, Func<Column.Continuous, double> number) where T : struct, ITensor<T> =>
        T.Constant(like, [.. Items.Select(number)], 1, Items.Count);
}

/// <summary>Whole numbers from 0 as classes; the encoder's input is one-hot.</summary>
internal sealed record ClassColumns(int Classes) : ILikelihood
{
    public string Name => $"categorical, {Classes} levels";

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, Classes);

    public Shape EncoderInput(Shape input) => OutputBlocks.Times(input, Classes);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> =>
        T.Reshape(LevelMasses.OneHot(x, Classes, 1), x.Dims[0], x.Dims[1] * Classes);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        LevelMasses.NegLogDensityPerValue(outputs, x, Classes, 1);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => LevelMasses.Mean(outputs, Classes, 1);

    public NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
        LevelMasses.Draw(outputs, uniforms, Classes, 1);

    public NdArray Mode(PartState<NdArray> state, NdArray outputs) => LevelMasses.Mode(outputs, Classes, 1);
}

/// <summary>Negative binomials whose dispersion is a decoder output.</summary>
internal sealed record CountColumns : ILikelihood
{
    public string Name => "count";

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, 2);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => CountTerms.ForEncoder(x);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        CountTerms.NegativeBinomial(CountTerms.LogRates(false, OutputBlocks.Block(outputs, 0, 2), x), OutputBlocks.Block(outputs, 1, 2), x);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        CountTerms.Rates(false, state, OutputBlocks.Block(outputs, 0, 2));

    public NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
        CountTerms.DrawNegativeBinomial(Mean(state, outputs), OutputBlocks.Block(outputs, 1, 2), uniforms);

    public NdArray Mode(PartState<NdArray> state, NdArray outputs) =>
        CountTerms.ModeOfNegativeBinomial(Mean(state, outputs), OutputBlocks.Block(outputs, 1, 2));
}
