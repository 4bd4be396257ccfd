namespace Vae;

/// <summary>What <see cref="Prior.Conditional"/> means: μ and ln σ² are what its network gives.</summary>
internal sealed record ConditionalPrior : IPrior
{
    public string Name => "conditional";

    public IPrior With(ValueList<double> settings) => this;

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        Normals.LogDensity(z, Normals.Mu(state[PriorStates.Outputs]), Normals.LogVar(state[PriorStates.Outputs]));

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> =>
        Reparameterizations.Normal(Normals.Mu(state[PriorStates.Outputs]), Normals.LogVar(state[PriorStates.Outputs]), noise);

    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(state[PriorStates.Outputs]);
}
