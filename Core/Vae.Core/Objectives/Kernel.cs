namespace Vae;

/// <summary>How near two codes are, from their squared distance d² and the expected one of two draws from N(0, I), 2·D; a sum over scales.</summary>
[Closed]
public abstract partial record Kernel
{
    /// <summary>exp(−d² / (s·2·D)).</summary>
    /// <param name="Scales">s; each &gt; 0.</param>
    public sealed partial record RadialBasis(ValueList<double> Scales) : Kernel;

    /// <summary>1 / (1 + d² / (s·2·D)), whose tails still see codes that are far away; Tolstikhin et al. 2018, section 4.</summary>
    /// <param name="Scales">s; each &gt; 0.</param>
    public sealed partial record InverseMultiquadratic(ValueList<double> Scales) : Kernel;
}
