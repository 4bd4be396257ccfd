namespace Vae;

/// <summary>What a prior's state holds beside its own tensors, where the model computes it for the prior.</summary>
public static class PriorStates
{
    /// <summary>What a prior's network gives for the conditions of a batch: [B, P].</summary>
    public const string Outputs = "outputs";

    /// <summary>What the encoder gives for the prior's tensor <see cref="PseudoInputs"/>: [K, P].</summary>
    public const string PseudoOutputs = "pseudoOutputs";

    /// <summary>The name of a tensor [K, C, …] of examples that a prior is made of; Tomczak &amp; Welling 2018.</summary>
    public const string PseudoInputs = "pseudoInputs";

    /// <summary>The posterior's codebook: [K, W].</summary>
    public const string Codebook = "codebook";
}
