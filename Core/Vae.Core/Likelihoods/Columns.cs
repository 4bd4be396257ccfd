namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>The columns of a table, each with its own family; x is a vector. After Nazábal et al. 2020.</summary>
    /// <param name="Items">One column for each value of x.</param>
    public sealed partial record Columns(ValueList<Column> Items) : Likelihood, ILikelihood
    {
        private ValueList<ColumnRun> Runs => ColumnRun.Group(Items);

        string IPart<ILikelihood>.Name => $"{Items.Count} columns";

        Shape ILikelihood.Outputs(Shape input) => Total(run => run.Family.Outputs(run.Input));

        Shape ILikelihood.EncoderInput(Shape input) => Total(run => run.Family.EncoderInput(run.Input));

        bool ILikelihood.TakesNumbers => true;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => [
            .. Rules.If(!input.IsVector || input.Channels != Items.Count, $"{path}.items",
                $"must be one column for each value of a vector, {input}", Items.Count),
            .. Items.SelectMany((column, i) => column.Problems($"{path}.items[{i}]"))];

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => data.Columns.Count != Items.Count ? []
            : ValueList.From(Items.SelectMany((column, i) => column.Problems(data.Columns[i], $"{path}.items[{i}]")));

        T ILikelihood.ForEncoder<T>(T x) => Joined(run => run.Family.ForEncoder(Part(x, run)));

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            OverOutputs(outputs, (run, given) => run.Family.NegLogDensityPerValue(state, given, Part(x, run)));

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => OverOutputs(outputs, (run, given) => run.Family.Mean(state, given));

        Shape ILikelihood.Uniforms(Shape input) => Total(run => run.Family.Uniforms(run.Input));

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms)
        {
            var at = 0;
            return OverOutputs(outputs, (run, given) =>
            {
                var width = run.Family.Uniforms(run.Input).Channels;
                at += width;
                return run.Family.Draw(state, given, NdArray.Slice(uniforms, 1, at - width, width));
            });
        }

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) =>
            OverOutputs(outputs, (run, given) => run.Family.Mode(state, given));

        /// <summary>The encoder's input with missing values replaced by 0. x and observed [B, C].</summary>
        internal T ForEncoder<T>(T x, T observed) where T : struct, ITensor<T> => Joined(run =>
        {
            var shown = run.Family.ForEncoder(Part(x, run));
            var (mask, copies) = (Part(observed, run), shown.Dims[1] / run.Count);
            return shown * Joined(Enumerable.Repeat(mask, copies));
        });

        private Shape Total(Func<ColumnRun, Shape> size) =>
            Shape.Vector((int)Math.Min(Runs.Sum(run => (long)size(run).Channels), int.MaxValue));

        private static T Part<T>(T x, ColumnRun run) where T : struct, ITensor<T> => T.Slice(x, 1, run.Start, run.Count);

        private T OverOutputs<T>(T outputs, Func<ColumnRun, T, T> apply) where T : struct, ITensor<T>
        {
            var at = 0;
            return Joined(run =>
            {
                var width = run.Family.Outputs(run.Input).Channels;
                at += width;
                return apply(run, T.Slice(outputs, 1, at - width, width));
            });
        }

        private T Joined<T>(Func<ColumnRun, T> part) where T : struct, ITensor<T> => Joined(Runs.Select(part));

        private static T Joined<T>(IEnumerable<T> parts) where T : struct, ITensor<T> => parts.Aggregate((a, b) => T.Concat(a, b, 1));
    }
}

public static partial class Likelihoods
{
    /// <summary>The columns of a table, each with its own family; x is a vector.</summary>
    /// <param name="items">One column for each value of x.</param>
    public static Likelihood OfColumns(ValueList<Column> items) => new Likelihood.Columns(items);
}
