namespace Vae;

/// <summary>What is done to a large gradient.</summary>
[Closed]
public abstract partial record Clipping
{
    /// <summary>Nothing.</summary>
    public sealed partial record None : Clipping;

    /// <summary>The whole gradient is scaled so that its Euclidean norm is at most max; Pascanu et al. 2013.</summary>
    /// <param name="Max">&gt; 0.</param>
    public sealed partial record Norm(double Max) : Clipping;

    /// <summary>A step whose gradient is an outlier is not taken, as if its batch had not been there; Child 2021, section 3.3. A gradient that is not finite counts as one.</summary>
    /// <param name="Above">The Euclidean norm beyond which a gradient is an outlier; &gt; 0.</param>
    /// <param name="Otherwise">What is done to the others; the norm is taken before.</param>
    public sealed partial record Skip(double Above, Clipping Otherwise) : Clipping;
}
