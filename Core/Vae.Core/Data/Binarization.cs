namespace Vae;

/// <summary>How grey values become 0 or 1.</summary>
[Closed]
public abstract partial record Binarization
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Values stay as they are.</summary>
    public sealed partial record None : Binarization;

    /// <summary>By comparison.</summary>
    /// <param name="At">Values above it become 1; in [0, 1).</param>
    public sealed partial record Threshold(double At = 0.5) : Binarization
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.at", At, 0, 1, closedHigh: false);
    }

    /// <summary>
    /// Dynamic binarization: each value is 1 with its grey value as probability, drawn again each epoch; Salakhutdinov &amp;
    /// Murray 2008.
    /// </summary>
    public sealed partial record Stochastic : Binarization;
}

/// <summary>Binarizations by name.</summary>
public static class Binarizations
{
    /// <summary>Values stay as they are.</summary>
    public static Binarization None { get; } = new Binarization.None();

    /// <summary>Values above a threshold become 1.</summary>
    public static Binarization Threshold(double at = 0.5) => new Binarization.Threshold(at);

    /// <summary>Dynamic binarization: each value is a probability, drawn again each epoch.</summary>
    public static Binarization Stochastic { get; } = new Binarization.Stochastic();

    /// <summary>The facts about data once it is binarized.</summary>
    public static DataFacts Facts(Binarization binarization, DataFacts data) => binarization is Binarization.None
        ? data : data.With(isBinary: true, values: ValueFacts.Bits, columns: ValueList.From(data.Columns.Select(_ => ValueFacts.Bits)));
}
