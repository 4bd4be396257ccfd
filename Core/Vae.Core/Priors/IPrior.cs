namespace Vae;

/// <summary>The formulas of a distribution p(z).</summary>
public interface IPrior : IPart<IPrior>
{
    /// <summary>Number of N(0, 1) values that a draw takes; by default one for each latent.</summary>
    int Noise(int latent) => latent;

    /// <summary>Whether it is a distribution on a support; by default on ℝᴰ only.</summary>
    bool Supports(Support support) => support == Vae.Supports.Reals;

    /// <summary>
    /// Tensors of its own, by names within the part; none by default. Any other name that it asks its state for is one of
    /// <see cref="PriorStates"/>.
    /// </summary>
    ValueList<Parameter> Learned(int latent, Shape input) => [];

    /// <summary>Its networks; none by default. Called only for a length of z without problems.</summary>
    ValueList<PartNetwork> Networks(int latent) => [];

    /// <summary>Problems of its numbers for z of a length.</summary>
    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>ln p(z). z [B, D] → [B]; nats.</summary>
    T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>;

    /// <summary>A draw from p(z) as a function of noise [B, N] from N(0, 1) → [B, D].</summary>
    T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>;

    /// <summary>The shape of the decoder's input; by default that of z.</summary>
    Shape DecoderInput(int latent) => Shape.Vector(latent);

    /// <summary>The decoder's input for z; by default z itself. z [B, D] → [B, …].</summary>
    T ForDecoder<T>(PartState<T> state, T z) where T : struct, ITensor<T> => z;

    /// <summary>Its form, where a closed divergence may know it, of several levels that of the top one; unknown by default.</summary>
    PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null);
}
