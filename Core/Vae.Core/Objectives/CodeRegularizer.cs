namespace Vae;

/// <summary>What <see cref="Regularizer.Code"/> means.</summary>
internal sealed record CodeRegularizer(Regularizer.Code Of) : IRegularizer
{
    public string Name => "rae";

    public bool SuitsPoints => true;

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.weight", Of.Weight, 0),
        .. Of.Decoder.Match(
            none: _ => [],
            weightDecay: w => Rules.AtLeast($"{path}.decoder.weight", w.Weight, 0),
            gradientPenalty: g => Rules.AtLeast($"{path}.decoder.weight", g.Weight, 0))];

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
    {
        var codes = Of.Weight * CodePenalties.HalfSquare(IRegularizer.Codes(terms));
        return Of.Decoder.Match(
            none: _ => codes,
            weightDecay: w => codes + w.Weight * terms.Batch.SquaredDecoderWeights,
            gradientPenalty: g => codes + g.Weight * terms.Batch.SquaredDecoderGradient);
    }
}
