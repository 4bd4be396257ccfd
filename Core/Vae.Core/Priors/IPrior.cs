namespace Vae;

/// <summary>What a distribution p(z) means.</summary>
public interface IPrior : IPart<IPrior>
{
    /// <summary>How many numbers from N(0, 1) a draw takes; by default one for each of z.</summary>
    int Noise(int latent) => latent;

    /// <summary>Where it is defined; ℝᴰ by default.</summary>
    bool Supports(Support support) => support == Vae.Supports.Reals;

    /// <summary>
    /// Tensors of its own, by names within the part; none by default. Any other name that it asks its state for is one of
    /// <see cref="PriorStates"/>.
    /// </summary>
    ValueList<Parameter> Learned(int latent, Shape input) => [];

    /// <summary>Networks of its own; none by default. Asked of z of a length without problems.</summary>
    ValueList<PartNetwork> Networks(int latent) => [];

    /// <summary>What is wrong with its numbers, or with them for z of a length.</summary>
    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>ln p(z). z [B, D] → [B]; nats.</summary>
    T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>;

    /// <summary>A draw from p(z) as a function of noise [B, N] from N(0, 1) → [B, D].</summary>
    T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>;

    /// <summary>The shape of what the decoder is given of z; by default z itself.</summary>
    Shape DecoderInput(int latent) => Shape.Vector(latent);

    /// <summary>What the decoder is given of z; by default z itself. z [B, D] → [B, …].</summary>
    T ForDecoder<T>(PartState<T> state, T z) where T : struct, ITensor<T> => z;

    /// <summary>Its form, where a closed divergence may know it, of several levels that of the top one; unknown by default.</summary>
    PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null);
}
