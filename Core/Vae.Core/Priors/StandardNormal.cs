namespace Vae;

/// <summary>What <see cref="Prior.StandardNormal"/> means.</summary>
internal sealed record StandardNormalPrior : IPrior
{
    public string Name => "standard normal";

    public IPrior With(ValueList<double> settings) => this;

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => Normals.LogDensityStandard(z);

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => noise;

    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null, IsStandard: true);
}
