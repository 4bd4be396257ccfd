namespace Vae;

/// <summary>What <see cref="Likelihood.Columns"/> means: families side by side over parts of x and of the decoder's outputs.</summary>
internal sealed record ColumnsLikelihood(ValueList<Column> Items) : ILikelihood
{
    private readonly ValueList<ColumnRun> runs = ColumnRun.Of(Items);

    public string Name => $"{Items.Count} columns";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => Shape.Vector((int)Math.Min(runs.Sum(run => (long)run.Family.Outputs(run.Input).Channels), int.MaxValue));

    public Shape EncoderInput(Shape input) => Shape.Vector((int)Math.Min(runs.Sum(run => (long)run.Family.EncoderInput(run.Input).Channels), int.MaxValue));

    public bool TakesNumbers => true;

    public ValueList<Problem> Problems(Shape input, string path) => [
        .. Rules.If(!input.IsVector || input.Channels != Items.Count, $"{path}.items", $"must be one column for each value of a vector, {input}", Items.Count),
        .. Items.SelectMany((column, i) => Problems(column, $"{path}.items[{i}]"))];

    public ValueList<Problem> Problems(DataFacts data, string path) => data.Columns.Count != Items.Count ? []
        : ValueList.From(Items.SelectMany((column, i) => Problems(column, data.Columns[i], $"{path}.items[{i}]")));

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => Joined(run => run.Family.ForEncoder(Part(x, run)));

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        OverOutputs(outputs, (run, given) => run.Family.NegLogDensityPerValue(state, given, Part(x, run)));

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => OverOutputs(outputs, (run, given) => run.Family.Mean(state, given));

    /// <summary>What the encoder is shown where some values are not known: 0 in all that stands for those. x and known [B, C].</summary>
    internal T ForEncoder<T>(T x, T known) where T : struct, ITensor<T> => Joined(run =>
    {
        var shown = run.Family.ForEncoder(Part(x, run));
        var (mask, copies) = (Part(known, run), shown.Dims[1] / run.Count);
        return shown * Joined(Enumerable.Repeat(mask, copies));
    });

    private static ValueList<Problem> Problems(Column column, string path) => column.Match(
        continuous: c => [.. Rules.Finite($"{path}.mean", c.Mean), .. Rules.Positive($"{path}.deviation", c.Deviation)],
        binary: _ => [],
        categorical: c => [.. Rules.AtLeast($"{path}.classes", c.Classes, 2), .. Rules.Size($"{path}.classes", c.Classes)],
        count: _ => ValueList.From<Problem>([]));

    private static ValueList<Problem> Problems(Column column, ValueFacts values, string path) => column.Match(
        continuous: _ => [],
        binary: _ => DataRules.Classes(values, path, 2),
        categorical: c => DataRules.Classes(values, path, c.Classes),
        count: _ => DataRules.Counts(values, path, "a column of counts"));

    private static T Part<T>(T x, ColumnRun run) where T : struct, ITensor<T> => T.Slice(x, 1, run.Start, run.Count);

    private T OverOutputs<T>(T outputs, Func<ColumnRun, T, T> of) where T : struct, ITensor<T>
    {
        var at = 0;
        return Joined(run =>
        {
            var width = run.Family.Outputs(run.Input).Channels;
            at += width;
            return of(run, T.Slice(outputs, 1, at - width, width));
        });
    }

    private T Joined<T>(Func<ColumnRun, T> part) where T : struct, ITensor<T> => Joined(runs.Select(part));

    private static T Joined<T>(IEnumerable<T> parts) where T : struct, ITensor<T> => parts.Aggregate((a, b) => T.Concat(a, b, 1));
}
