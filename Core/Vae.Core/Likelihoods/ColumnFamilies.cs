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

    public ValueList<double> OutputsFor(Moments moments) => Standard.OutputsFor(new(
        [.. moments.Means.Zip(Items, (mean, column) => (mean - column.Mean) / column.Deviation)],
        [.. moments.Variances.Zip(Items, (variance, column) => variance / (column.Deviation * column.Deviation))]));

    private T Row<T>(T like, Func<Column.Continuous, double> number) where T : struct, ITensor<T> =>
        T.Constant(like, [.. Items.Select(number)], 1, Items.Count);
}

/// <summary>Log-normal in units of each column, with a learned scale for each value.</summary>
internal sealed record PositiveColumns(ValueList<Column.Positive> Items) : ILikelihood
{
    // Of a column whose values are almost all equal.
    private const double MinDeviation = 1e-6;

    private static readonly ILikelihood Standard = new Likelihood.Normal(Scales.Learned);

    public string Name => "positive";

    public Shape Outputs(Shape input) => Standard.Outputs(input);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => (PositiveTerms.Log(x) - Row(x, Centre)) / Row(x, Deviation);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        Standard.NegLogDensityPerValue(state, outputs, ForEncoder(x)) + PositiveTerms.Log(x) + Row(x, c => Math.Log(Deviation(c)));

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        Scaled(Standard.Mean(state, outputs), half: Variance(state, outputs));

    public ValueList<double> OutputsFor(Moments moments)
    {
        double[] logs = [.. moments.Means.Select(mean => Math.Log(Math.Max(mean, MinDeviation)))];
        double[] variances = [.. moments.Variances.Zip(logs, (variance, log) => Stable.Log1p(variance / Math.Exp(2 * log)))];
        double[] scales = [.. Items.Select((column, i) => MomentOutputs.LogScale(variances[i] / Math.Pow(Deviation(column), 2)))];
        var half = Variance(new PartState<NdArray>(_ => NdArray.Full(0, 1)),
            NdArray.FromValues([.. new double[Items.Count], .. scales], 1, 2 * Items.Count)).ToArray();
        return [
            .. Items.Select((column, i) =>
                (logs[i] - Centre(column)) / Deviation(column) - 0.5 * Deviation(column) * half[i]), .. scales];
    }

    public NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
        Scaled(Standard.Draw(state, outputs, uniforms), half: 0 * uniforms);

    public NdArray Mode(PartState<NdArray> state, NdArray outputs) =>
        Scaled(Standard.Mean(state, outputs), half: -2 * Variance(state, outputs));

    // exp(m + s·y + half·s²/2), with the mean m and the deviation s of the column's logarithm.
    private T Scaled<T>(T y, T half) where T : struct, ITensor<T> => PositiveTerms.Exp(
        Row(y, Centre) + Row(y, Deviation) * y + 0.5 * T.Square(Row(y, Deviation)) * half);

    private static T Variance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        T.Exp(2 * Scales.Learned.Log(state, outputs, outputs, 2));

    // Of a log-normal variable with the column's mean and deviation.
    private static double Deviation(Column.Positive column) =>
        Math.Max(MinDeviation, Math.Sqrt(Stable.Log1p(Math.Pow(column.Deviation / column.Mean, 2))));

    private static double Centre(Column.Positive column) => Math.Log(column.Mean) - 0.5 * Math.Pow(Deviation(column), 2);

    private T Row<T>(T like, Func<Column.Positive, double> number) where T : struct, ITensor<T> =>
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

    public ValueList<double> OutputsFor(Moments moments) => moments.Outputs((mean, _) =>
        MomentOutputs.Levels(MomentOutputs.Inner(mean / (Classes - 1)) * (Classes - 1), Classes));

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

    public ValueList<double> OutputsFor(Moments moments) => moments.Outputs(CountTerms.OutputsFor);

    public NdArray Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
        CountTerms.DrawNegativeBinomial(Mean(state, outputs), OutputBlocks.Block(outputs, 1, 2), uniforms);

    public NdArray Mode(PartState<NdArray> state, NdArray outputs) =>
        CountTerms.ModeOfNegativeBinomial(Mean(state, outputs), OutputBlocks.Block(outputs, 1, 2));
}
