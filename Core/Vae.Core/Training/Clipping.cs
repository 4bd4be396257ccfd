namespace Vae;

/// <summary>How large gradients are handled.</summary>
[Closed]
public abstract partial record Clipping
{
    /// <summary>Whether steps may be skipped.</summary>
    internal virtual bool Skips => false;

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Uses gradients as they are.</summary>
    public sealed partial record None : Clipping;

    /// <summary>Scales the whole gradient so that its Euclidean norm is at most max; Pascanu et al. 2013.</summary>
    /// <param name="Max">The maximum norm; &gt; 0.</param>
    public sealed partial record Norm(double Max) : Clipping
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.max", Max);
    }

    /// <summary>
    /// Skips a step with an outlier gradient, as if the batch did not exist; Child 2021, section 3.3. A gradient that is not finite is an
    /// outlier.
    /// </summary>
    /// <param name="Above">The Euclidean norm above which a gradient is an outlier; &gt; 0.</param>
    /// <param name="Otherwise">The clipping of all other gradients. Outliers are found by the norm before clipping.</param>
    public sealed partial record Skip(double Above, Clipping Otherwise) : Clipping
    {
        internal override bool Skips => true;

        // Of two nested limits only the lower one would have an effect.
        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.Positive($"{path}.above", Above),
            .. Otherwise is Skip
                ? Rules.If(true, $"{path}.otherwise", "must not skip again", "skip")
                : Otherwise.Problems($"{path}.otherwise")];
    }
}

/// <summary>Clipping rules by name.</summary>
public static class Clippings
{
    /// <summary>Uses gradients as they are.</summary>
    public static Clipping None { get; } = new Clipping.None();

    /// <summary>Scales the whole gradient so that its Euclidean norm is at most max.</summary>
    /// <param name="max">The maximum norm; &gt; 0.</param>
    public static Clipping Norm(double max) => new Clipping.Norm(max);

    /// <summary>Skips steps whose gradient norm exceeds a limit.</summary>
    /// <param name="above">The Euclidean norm above which a step is skipped; &gt; 0.</param>
    /// <param name="otherwise">The clipping of all other gradients; none if null.</param>
    public static Clipping Skip(double above, Clipping? otherwise = null) => new Clipping.Skip(above, otherwise ?? None);

    /// <summary>Whether the rule may skip steps.</summary>
    /// <param name="clipping">The rule.</param>
    public static bool Skips(Clipping clipping) => clipping.Skips;
}
