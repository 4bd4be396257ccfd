namespace Vae;

/// <summary>How grey values become 0 or 1.</summary>
[Closed]
public abstract partial record Binarization
{
    /// <summary>They stay as they are.</summary>
    public sealed partial record None : Binarization;

    /// <summary>By comparison.</summary>
    /// <param name="At">Values above it become 1; in [0, 1).</param>
    public sealed partial record Threshold(double At = 0.5) : Binarization;

    /// <summary>Each is 1 with its grey value as probability, drawn anew each epoch; Salakhutdinov &amp; Murray 2008.</summary>
    public sealed partial record Stochastic : Binarization;
}
