namespace Vae;

/// <summary>What <see cref="Prior.Transformed"/> means.</summary>
internal sealed record TransformedPrior(ValueList<Flow> Steps) : IPrior
{
    public string Name => $"standard normal through flows ({Flows.Names(Steps)})";

    public IPrior With(ValueList<double> settings) => this;

    public ValueList<Parameter> Learned(int latent, Shape input) => Flows.Learned(Steps, latent, inPosterior: false);

    public ValueList<Problem> Problems(int latent, string path) => Flows.Problems(Steps, latent, inPosterior: false, $"{path}.steps");

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var start = Flows.Inverse(Steps, z, null, state);
        return Normals.LogDensityStandard(start.Z) + start.LogDeterminant;
    }

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Flows.Forward(Steps, noise, null, state).Z;
}
