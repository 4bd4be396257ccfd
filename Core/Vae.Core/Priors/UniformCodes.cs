namespace Vae;

/// <summary>What <see cref="Prior.UniformCodes"/> means.</summary>
internal sealed record UniformCodesPrior(int Classes, int Embedding) : IPrior
{
    public string Name => $"uniform over {Classes} {(Embedding == 0 ? "classes" : "codes")}";

    public IPrior With(ValueList<double> settings) => this;

    public int Noise(int latent) => Codebooks.Positions(latent, Classes, Embedding) * Classes;

    public bool Supports(Support support) => support == Codebooks.Support(Classes, Embedding);

    public ValueList<Problem> Problems(int latent, string path) => Codebooks.Problems(path, latent, Classes, Embedding);

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        T.SumEvent(0.0 * z) - Codebooks.Positions(z.Dims[1], Classes, Embedding) * Math.Log(Classes);

    /// <summary>The greatest of equal draws is any of them.</summary>
    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> =>
        Codebooks.Embedded(state, T.OneHotArgMax(T.Reshape(noise, noise.Dims[0], noise.Dims[1] / Classes, Classes), 2), Embedding);

    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null, IsUniform: true);
}
