namespace Vae;

/// <summary>What a step of a flow means.</summary>
internal interface IFlow
{
    string Name { get; }

    /// <summary>Whether <see cref="Forward"/>, which draws, takes one pass.</summary>
    bool DrawsAtOnce => true;

    /// <summary>Whether <see cref="Inverse"/>, which a density at any z needs, takes one pass.</summary>
    bool InvertsAtOnce => true;

    /// <summary>Whether there is an inverse to compute.</summary>
    bool HasInverse => true;

    /// <summary>How many of its parameters an encoder gives for each example.</summary>
    long Outputs(int latent) => 0;

    /// <summary>Its tensors, in a posterior beside those parameters.</summary>
    ValueList<Parameter> Learned(int latent, bool inPosterior) => [];

    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>From the base to z. Given [B, G] in a posterior, else null; z [B, D].</summary>
    FlowStep<T> Forward<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>;

    /// <summary>From z back, with the determinant of that map.</summary>
    FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>;
}
