namespace Vae;

/// <summary>
/// A step of a normalizing flow: an invertible map of z whose Jacobian has a known determinant. In a posterior the encoder outputs some
/// of its parameters; in a prior all are learned.
/// </summary>
[Closed]
public abstract partial record Flow
{
    internal abstract string Name { get; }

    /// <summary>Whether <see cref="Forward"/>, which draws, takes one pass.</summary>
    internal virtual bool DrawsAtOnce => true;

    /// <summary>Whether <see cref="Inverse"/>, which a density at any z needs, takes one pass.</summary>
    internal virtual bool InvertsAtOnce => true;

    /// <summary>Whether the inverse can be computed.</summary>
    internal virtual bool HasInverse => true;

    /// <summary>Number of its parameters that an encoder outputs for each example.</summary>
    internal virtual long Outputs(int latent) => 0;

    /// <summary>Its tensors; in a posterior, those besides the encoder's outputs.</summary>
    internal virtual ValueList<Parameter> Learned(int latent, bool inPosterior) => [];

    internal virtual ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>
    /// Maps a point of the base distribution to z. <c>given</c>: the encoder's parameters [B, G] in a posterior, else null; z [B, D];
    /// <c>reversed</c> takes the dimensions in reverse order.
    /// </summary>
    internal abstract FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed) where T : struct, ITensor<T>;

    /// <summary>Maps z back to the base distribution, with the determinant of that map.</summary>
    internal abstract FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed) where T : struct, ITensor<T>;
}
