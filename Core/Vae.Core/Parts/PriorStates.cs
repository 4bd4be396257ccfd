namespace Vae;

/// <summary>Names in a prior's state besides those of its own tensors: what the model computes for the prior.</summary>
internal static class PriorStates
{
    /// <summary>The outputs of a prior's network for the conditions of a batch: [B, P].</summary>
    public const string Outputs = "outputs";

    /// <summary>The encoder's outputs for the prior's tensor <see cref="PseudoInputs"/>: [K, P].</summary>
    public const string PseudoOutputs = "pseudoOutputs";

    /// <summary>A tensor [K, C, …] of learned examples; Tomczak &amp; Welling 2018.</summary>
    public const string PseudoInputs = "pseudoInputs";

    /// <summary>The posterior's codebook: [K, W].</summary>
    public const string Codebook = "codebook";
}
