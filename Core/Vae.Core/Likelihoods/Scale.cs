namespace Vae;

/// <summary>How wide a likelihood is around its centre: the standard deviation of a normal, the scale b of a Laplace.</summary>
[Closed]
public abstract partial record Scale
{
    /// <summary>A given number.</summary>
    /// <param name="Sigma">&gt; 0.</param>
    public sealed partial record Fixed(double Sigma = 1) : Scale;

    /// <summary>The decoder gives the logarithm of it for each value, softly bounded; Rybkin et al. 2021, section 3.2.</summary>
    public sealed partial record Learned : Scale;

    /// <summary>One for all values, learned as a parameter; Rybkin et al. 2021, section 3.2.</summary>
    public sealed partial record Shared : Scale;

    /// <summary>The one for all values that fits best: of the batch while training, a moving estimate of it afterwards; Rybkin et al. 2021, section 3.3.</summary>
    public sealed partial record Optimal : Scale;
}

/// <summary>Scales by name.</summary>
public static class Scales
{
    /// <summary>A given number.</summary>
    public static Scale Fixed(double sigma = 1) => new Scale.Fixed(sigma);

    /// <summary>The decoder gives one for each value.</summary>
    public static Scale Learned { get; } = new Scale.Learned();

    /// <summary>One learned number.</summary>
    public static Scale Shared { get; } = new Scale.Shared();

    /// <summary>The one that fits best.</summary>
    public static Scale Optimal { get; } = new Scale.Optimal();
}
