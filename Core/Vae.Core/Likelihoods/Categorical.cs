namespace Vae;

/// <summary>What <see cref="Likelihood.Categorical"/> means, and a column of classes: one of n numbers 0, step, 2·step, ….</summary>
internal sealed record CategoricalLikelihood(int Levels, double Step) : ILikelihood
{
    public string Name => $"categorical, {Levels} levels";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, Levels);

    public ValueList<Problem> Problems(Shape input, string path) => Rules.AtLeast($"{path}.levels", Levels, 2);

    public ValueList<Problem> Problems(DataFacts data, string path) => DataRules.Levels(data.Values, path, Levels, "categorical");

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        var logits = OutputBlocks.Split(outputs, Levels);
        return T.LogSumExp(logits, 1) - T.Sum(OneHot(x) * logits, 1);
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>
    {
        var logits = OutputBlocks.Split(outputs, Levels);
        var masses = T.Exp(logits - OutputBlocks.Apart(T.LogSumExp(logits, 1)));
        return T.Sum(masses * OutputBlocks.Ladder(logits, Levels, 0, Step), 1);
    }

    /// <summary>1 at the level nearest to each value. [B, C, …] → [B, n, C, …].</summary>
    internal T OneHot<T>(T x) where T : struct, ITensor<T>
    {
        var apart = OutputBlocks.Apart(x / Step);
        return T.OneHotArgMax(-T.Abs(apart - OutputBlocks.Ladder(apart, Levels, 0, 1)), 1);
    }
}
