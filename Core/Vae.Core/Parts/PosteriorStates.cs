namespace Vae;

/// <summary>Names in a posterior's state beside those of its tensors and networks.</summary>
public static class PosteriorStates
{
    /// <summary>The prefix of the names of the prior's tensors and networks.</summary>
    public const string Prior = "prior";
}
