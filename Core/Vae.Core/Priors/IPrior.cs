namespace Vae;

/// <summary>The formulas of a distribution p(z).</summary>
public interface IPrior : IPart<IPrior>
{
    /// <summary>Number of N(0, 1) values that a draw takes; by default one for each latent.</summary>
    /// <param name="latent">The length D of z; ≥ 0.</param>
    int Noise(int latent) => latent;

    /// <summary>Whether it is a distribution on a support; by default on ℝᴰ only.</summary>
    /// <param name="support">The support of the posterior.</param>
    bool Supports(Support support) => support == Vae.Supports.Reals;

    /// <summary>
    /// Its learned tensors, by names within the component; none by default. Any other name that it asks its state for is one of
    /// <see cref="PriorStates"/>.
    /// </summary>
    /// <param name="latent">The length D of z; ≥ 0.</param>
    /// <param name="input">The shape of an example.</param>
    ValueList<Parameter> Learned(int latent, Shape input) => [];

    /// <summary>Its networks; none by default. Called only if <see cref="Problems"/> finds none.</summary>
    /// <param name="latent">The length D of z; ≥ 0.</param>
    ValueList<PartNetwork> Networks(int latent) => [];

    /// <summary>The problems of its settings for a length of z; none by default.</summary>
    /// <param name="latent">The length D of z.</param>
    /// <param name="path">The path of the prior in its file.</param>
    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>ln p(z). z [B, D] → [B]; nats.</summary>
    /// <param name="state">Its learned tensors and networks.</param>
    /// <param name="z">[B, D].</param>
    T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>;

    /// <summary>A draw from p(z) as a function of noise. [B, N] → [B, D].</summary>
    /// <param name="state">Its learned tensors and networks.</param>
    /// <param name="noise">Draws from N(0, 1), [B, N] with N of <see cref="Noise"/>.</param>
    T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>;

    /// <summary>The shape of the decoder's input; by default that of z.</summary>
    /// <param name="latent">The length D of z; ≥ 0.</param>
    Shape DecoderInput(int latent) => Shape.Vector(latent);

    /// <summary>The decoder's input for z; by default z itself. [B, D] → [B, …].</summary>
    /// <param name="state">Its learned tensors and networks.</param>
    /// <param name="z">[B, D].</param>
    T ForDecoder<T>(PartState<T> state, T z) where T : struct, ITensor<T> => z;

    /// <summary>
    /// Its form, by which a posterior may know a KL in closed form; of several stochastic layers that of the top one. Unknown by default.
    /// </summary>
    /// <param name="state">Its learned tensors and networks.</param>
    PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null);
}
