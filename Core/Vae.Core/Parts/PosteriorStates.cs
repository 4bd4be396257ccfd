namespace Vae;

/// <summary>What a posterior's state holds beside its own tensors and networks.</summary>
public static class PosteriorStates
{
    /// <summary>Before the names of the prior's tensors and networks.</summary>
    public const string Prior = "prior";
}
