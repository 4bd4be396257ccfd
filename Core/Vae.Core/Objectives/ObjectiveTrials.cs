namespace Vae;

/// <summary>
/// Evaluates a custom objective on arrays of constants, so that a loss that throws or has a wrong shape is found before a run.
/// </summary>
internal static class ObjectiveTrials
{
    public static ValueList<Problem> Run(IObjective objective, string path)
    {
        var own = PartTrials.Declared(path, objective, () => [], () => [
            .. objective.Problems(path), .. Rules.AtLeast($"{path}.samples", objective.Samples, 1)]);
        return own.Count > 0 || !PartTrials.IsSmall([], objective.Samples) ? own : PartTrials.Gives(
            path, "the loss of each example", () => UntriedBatch.Loss(() => objective.Loss(Terms(objective.Samples))), PartTrials.Batch);
    }

    private static ObjectiveTerms<NdArray> Terms(int samples)
    {
        var (draws, examples) = (NdArray.Full(1, samples, PartTrials.Batch), NdArray.Full(1, PartTrials.Batch));
        return new(draws, draws, draws, examples, Beta: 1, Epoch: 0, new UntriedBatch());
    }
}
