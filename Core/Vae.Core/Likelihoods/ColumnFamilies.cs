namespace Vae;

/// <summary>Neighbouring columns of one kind, which are computed at once.</summary>
internal sealed record ColumnRun(ILikelihood Family, int Start, int Count)
{
    public Shape Input => Shape.Vector(Count);

    public static ValueList<ColumnRun> Of(ValueList<Column> columns)
    {
        var runs = new List<ColumnRun>();
        for (int start = 0, end; start < columns.Count; start = end)
        {
            for (end = start + 1; end < columns.Count && AreAlike(columns[start], columns[end]); end++) { }
            runs.Add(new(FamilyOf([.. columns.Skip(start).Take(end - start)]), start, end - start));
        }
        return ValueList.From(runs);
    }

    private static bool AreAlike(Column a, Column b) => a is Column.Continuous ? b is Column.Continuous : a == b;

    private static ILikelihood FamilyOf(ValueList<Column> alike) => alike[0].Match<ILikelihood>(
        continuous: _ => new ContinuousColumns(ValueList.From(alike.OfType<Column.Continuous>())),
        binary: _ => new BernoulliLikelihood(Grey: false),
        categorical: c => new ClassColumns(new(c.Classes, 1)),
        count: _ => new CountColumns());
}

/// <summary>Normal in units of each column's deviation, with a scale for each value.</summary>
internal sealed record ContinuousColumns(ValueList<Column.Continuous> Items) : ILikelihood
{
    private static readonly NormalLikelihood Standard = new(Scales.Learned);

    public string Name => "continuous";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => Standard.Outputs(input);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => (x - Of(x, c => c.Mean)) / Of(x, c => c.Deviation);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        Standard.NegLogDensityPerValue(state, outputs, ForEncoder(x)) + Of(x, c => Math.Log(c.Deviation));

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        Of(outputs, c => c.Mean) + Of(outputs, c => c.Deviation) * Standard.Mean(state, outputs);

    private T Of<T>(T like, Func<Column.Continuous, double> number) where T : struct, ITensor<T> => T.Constant(like, [.. Items.Select(number)], 1, Items.Count);
}

/// <summary>Whole numbers from 0 as classes, shown one-hot.</summary>
internal sealed record ClassColumns(CategoricalLikelihood Family) : ILikelihood
{
    public string Name => Family.Name;

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => Family.Outputs(input);

    public Shape EncoderInput(Shape input) => Family.Outputs(input);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => T.Reshape(Family.OneHot(x), x.Dims[0], x.Dims[1] * Family.Levels);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> => Family.NegLogDensityPerValue(state, outputs, x);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Family.Mean(state, outputs);
}

/// <summary>Negative binomials whose dispersion the decoder gives too.</summary>
internal sealed record CountColumns : ILikelihood
{
    public string Name => "count";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, 2);

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => CountTerms.ForEncoder(x);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        CountTerms.NegativeBinomial(CountTerms.LogRates(false, OutputBlocks.Block(outputs, 0, 2), x), OutputBlocks.Block(outputs, 1, 2), x);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => CountTerms.Rates(false, state, OutputBlocks.Block(outputs, 0, 2));
}
