namespace Vae;

/// <summary>What <see cref="Regularizer.Mmd"/> means.</summary>
internal sealed record MmdRegularizer(Regularizer.Mmd Of) : IRegularizer
{
    public string Name => FormattableString.Invariant($"mmd {Of.Weight}");

    public bool SuitsPoints => true;

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.weight", Of.Weight, 0),
        .. Of.Kernel.Match(radialBasis: k => Scales(k.Scales, path), inverseMultiquadratic: k => Scales(k.Scales, path))];

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
        Of.Weight * CodePenalties.MeanDiscrepancy(IRegularizer.Codes(terms), terms.Batch.PriorDraws, Of.Kernel);

    private static ValueList<Problem> Scales(ValueList<double> scales, string path) => [
        .. Rules.If(scales.Count == 0, $"{path}.kernel.scales", "must have at least one", "none"),
        .. scales.SelectMany((scale, i) => Rules.Positive($"{path}.kernel.scales[{i}]", scale))];
}
