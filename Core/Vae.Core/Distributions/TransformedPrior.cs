namespace Vae;

/// <summary>What <see cref="Prior.Transformed"/> means.</summary>
internal sealed record TransformedPrior(ValueList<Flow> Flows) : IPrior
{
    public string Name => $"standard normal through flows ({Vae.Flows.Names(Flows)})";

    public IPrior With(ValueList<double> settings) => this;

    public ValueList<Parameter> Learned(int latent, Shape input) => Vae.Flows.Learned(Flows, latent, inPosterior: false);

    public ValueList<Problem> Problems(int latent, string path) => Vae.Flows.Problems(Flows, latent, inPosterior: false, $"{path}.flows");

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var start = Vae.Flows.Inverse(Flows, z, null, state);
        return Normals.LogDensityStandard(start.Z) + start.LogDeterminant;
    }

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Vae.Flows.Forward(Flows, noise, null, state).Z;
}
