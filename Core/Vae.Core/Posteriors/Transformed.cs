namespace Vae;

/// <summary>What <see cref="Posterior.Transformed"/> means.</summary>
internal sealed record TransformedPosterior(ValueList<Flow> Steps) : IPosterior
{
    public string Name => $"diagonal normal through flows ({Flows.Names(Steps)})";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => 2L * latent + Flows.Outputs(Steps, latent);

    // What the flows make of the base's mean and variance is known of draws alone.
    public bool HasMoments => false;

    public ValueList<Parameter> Learned(int latent) => Flows.Learned(Steps, latent, inPosterior: true);

    public ValueList<Problem> Problems(int latent, string path) => Flows.Problems(Steps, latent, inPosterior: true, $"{path}.steps");

    /// <summary>Where the flows take the base's mean.</summary>
    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        Flows.Forward(Steps, Normals.Mu(Base(outputs)), Given(outputs), state).Z;

    /// <summary>That of the base.</summary>
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Normals.LogVar(Base(outputs));

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        var q = Base(outputs);
        var start = Reparameterizations.Normal(Normals.Mu(q), Normals.LogVar(q), noise);
        var end = Flows.Forward(Steps, start, Given(outputs), state);
        return new(end.Z, Normals.LogDensity(start, Normals.Mu(q), Normals.LogVar(q)) - end.LogDeterminant);
    }

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T>
    {
        if (!Flows.HaveInverse(Steps))
            return null;
        var q = Base(outputs);
        var start = Flows.Inverse(Steps, z, Given(outputs), state);
        return Normals.LogDensity(start.Z, Normals.Mu(q), Normals.LogVar(q)) + start.LogDeterminant;
    }

    private T Base<T>(T outputs) where T : struct, ITensor<T> => T.Slice(outputs, 1, 0, 2 * Latent(outputs.Dims[1]));

    private T? Given<T>(T outputs) where T : struct, ITensor<T>
    {
        var start = 2 * Latent(outputs.Dims[1]);
        return start == outputs.Dims[1] ? null : T.Slice(outputs, 1, start, outputs.Dims[1] - start);
    }

    // Outputs are a + b·D with whole a and b of the flows alone.
    private int Latent(int outputs)
    {
        long none = Outputs(0), each = Outputs(1) - none;
        return (int)((outputs - none) / each);
    }
}
