namespace Vae;

/// <summary>How intensities become 0 or 1.</summary>
[Closed]
public abstract partial record Binarization
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Leaves values as they are.</summary>
    public sealed partial record None : Binarization;

    /// <summary>Values above a threshold become 1, the others 0.</summary>
    /// <param name="At">The threshold; in [0, 1).</param>
    public sealed partial record Threshold(double At = 0.5) : Binarization
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.at", At, 0, 1, closedHigh: false);
    }

    /// <summary>
    /// Dynamic binarization: each value becomes 1 with its intensity as the probability, with new draws each epoch; Salakhutdinov &amp;
    /// Murray 2008.
    /// </summary>
    public sealed partial record Stochastic : Binarization;
}

/// <summary>Binarization rules by name.</summary>
public static class Binarizations
{
    /// <summary>Leaves values as they are.</summary>
    public static Binarization None { get; } = new Binarization.None();

    /// <summary>Values above a threshold become 1, the others 0.</summary>
    /// <param name="at">The threshold; in [0, 1).</param>
    public static Binarization Threshold(double at = 0.5) => new Binarization.Threshold(at);

    /// <summary>Dynamic binarization: each value becomes 1 with its intensity as the probability, with new draws each epoch.</summary>
    public static Binarization Stochastic { get; } = new Binarization.Stochastic();

    /// <summary>The facts about data after binarization.</summary>
    /// <param name="binarization">The rule.</param>
    /// <param name="data">The facts before binarization.</param>
    public static DataFacts Facts(Binarization binarization, DataFacts data) => binarization is Binarization.None
        ? data : data.With(isBinary: true, values: ValueFacts.Bits, columns: ValueList.From(data.Columns.Select(_ => ValueFacts.Bits)));
}
