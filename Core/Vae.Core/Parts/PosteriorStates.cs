namespace Vae;

/// <summary>Names in a posterior's state besides those of its own tensors and networks.</summary>
internal static class PosteriorStates
{
    /// <summary>The prefix of the names of the prior's tensors and networks.</summary>
    public const string Prior = "prior";
}
