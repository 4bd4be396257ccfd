namespace Vae;

/// <summary>What <see cref="Posterior.DiagonalNormal"/> means.</summary>
internal sealed record DiagonalNormalPosterior : IPosterior
{
    public string Name => "diagonal normal";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => 2L * latent;

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Normals.Mu(outputs);

    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Normals.LogVar(outputs);

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        var z = Reparameterizations.Normal(Normals.Mu(outputs), Normals.LogVar(outputs), noise);
        return new(z, Normals.LogDensity(z, Normals.Mu(outputs), Normals.LogVar(outputs)));
    }

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> =>
        Normals.LogDensity(z, Normals.Mu(outputs), Normals.LogVar(outputs));

    public T? LogDensityPerLatent<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> =>
        Normals.LogDensityPerValue(z, Normals.Mu(outputs), Normals.LogVar(outputs));

    public T? KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
        prior.Normal is { } p ? Normals.KlPerValue(Normals.Mu(outputs), Normals.LogVar(outputs), Normals.Mu(p), Normals.LogVar(p))
        : prior.IsStandard ? Normals.KlToStandardPerValue(Normals.Mu(outputs), Normals.LogVar(outputs))
        : null;
}
