namespace Vae;

/// <summary>How a large gradient is treated.</summary>
[Closed]
public abstract partial record Clipping
{
    /// <summary>Whether steps may be skipped.</summary>
    internal virtual bool Skips => false;

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Gradients are used as they are.</summary>
    public sealed partial record None : Clipping;

    /// <summary>The whole gradient is scaled so that its Euclidean norm is at most max; Pascanu et al. 2013.</summary>
    /// <param name="Max">&gt; 0.</param>
    public sealed partial record Norm(double Max) : Clipping
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.max", Max);
    }

    /// <summary>
    /// A step with an outlier gradient is skipped, as if its batch did not exist; Child 2021, section 3.3. A gradient that is not
    /// finite is an outlier.
    /// </summary>
    /// <param name="Above">The Euclidean norm beyond which a gradient is an outlier; &gt; 0.</param>
    /// <param name="Otherwise">The clipping of all other gradients; outliers are judged by the norm before it.</param>
    public sealed partial record Skip(double Above, Clipping Otherwise) : Clipping
    {
        internal override bool Skips => true;

        // Of two limits only the lower one would have an effect.
        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.Positive($"{path}.above", Above),
            .. Otherwise is Skip ? Rules.If(true, $"{path}.otherwise", "must not skip again", "skip") : Otherwise.Problems($"{path}.otherwise")];
    }
}

/// <summary>Clippings by name.</summary>
public static class Clippings
{
    /// <summary>Gradients are used as they are.</summary>
    public static Clipping None { get; } = new Clipping.None();

    /// <summary>The gradient's norm is at most max.</summary>
    public static Clipping Norm(double max) => new Clipping.Norm(max);

    /// <summary>
    /// Steps whose gradient's norm is beyond a limit are skipped; other gradients are clipped as given, by default not at all.
    /// </summary>
    public static Clipping Skip(double above, Clipping? otherwise = null) => new Clipping.Skip(above, otherwise ?? None);

    /// <summary>Whether steps may be skipped.</summary>
    public static bool Skips(Clipping clipping) => clipping.Skips;
}
