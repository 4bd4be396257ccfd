namespace Vae;

/// <summary>What <see cref="Prior.Vamp"/> means.</summary>
internal sealed record VampPrior(int Components) : IPrior
{
    public string Name => $"VampPrior of {Components} examples";

    public IPrior With(ValueList<double> settings) => this;

    public int Noise(int latent) => latent + 2 * Components;

    public ValueList<Parameter> Learned(int latent, Shape input) => [new(PriorStates.PseudoInputs, new([Components, .. input.Dims]), new(0.5, 0.5), true)];

    public ValueList<Problem> Problems(int latent, string path) => Mixtures.Problems(path, Components);

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        Stable.LogMeanExp(Mixtures.LogDensities(z, Normals.Mu(state[PriorStates.PseudoOutputs]), Normals.LogVar(state[PriorStates.PseudoOutputs])), 1);

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>
    {
        var q = state[PriorStates.PseudoOutputs];
        return Mixtures.Sample(T.Reshape(0.0 * T.Sum(q, 1), 1, Components), Normals.Mu(q), Normals.LogVar(q), noise);
    }
}
