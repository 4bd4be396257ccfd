namespace Vae;

public abstract partial record Prior
{
    /// <summary>
    /// A uniform distribution over codebook indices or classes at every position, for categorical and vector-quantized posteriors.
    /// </summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 if blocks of z are one-hot.</param>
    public sealed partial record UniformCodebook(int Classes, int Embedding) : Prior, IPrior
    {
        string IPart<IPrior>.Name => $"uniform over {Classes} {(Embedding == 0 ? "classes" : "codes")}";

        int IPrior.Noise(int latent) => Codebooks.Positions(latent, Classes, Embedding) * Classes;

        bool IPrior.Supports(Support support) => support == Codebooks.Support(Classes, Embedding);

        ValueList<Problem> IPrior.Problems(int latent, string path) => Codebooks.Problems(path, latent, Classes, Embedding);

        T IPrior.LogDensity<T>(PartState<T> state, T z) =>
            T.SumEvent(0.0 * z) - Codebooks.Positions(z.Dims[1], Classes, Embedding) * Math.Log(Classes);

        /// <summary>The position of the greatest of independent equal draws is uniform.</summary>
        T IPrior.Sample<T>(PartState<T> state, T noise) =>
            Codebooks.Embedded(state, T.OneHotArgMax(T.Reshape(noise, noise.Dims[0], noise.Dims[1] / Classes, Classes), 2), Embedding);

        PriorForm<T> IPrior.Form<T>(PartState<T> state) => new(null, IsUniform: true);
    }
}
