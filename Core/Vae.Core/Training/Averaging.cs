namespace Vae;

/// <summary>Whether a run keeps its last weights or an average over training.</summary>
[Closed]
public abstract partial record Averaging
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Keeps the last weights.</summary>
    public sealed partial record None : Averaging;

    /// <summary>
    /// An exponential moving average (EMA) of the weights. The model is evaluated and saved with it; Polyak &amp; Juditsky 1992.
    /// </summary>
    /// <param name="Decay">The weight of the previous average at each step; in (0, 1).</param>
    public sealed partial record Exponential(double Decay) : Averaging
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.decay", Decay, 0, 1, false, false);
    }
}

/// <summary>Averaging rules by name.</summary>
public static class Averagings
{
    /// <summary>Keeps the last weights.</summary>
    public static Averaging None { get; } = new Averaging.None();

    /// <summary>An exponential moving average (EMA) of the weights.</summary>
    /// <param name="decay">The weight of the previous average at each step; in (0, 1).</param>
    public static Averaging Exponential(double decay) => new Averaging.Exponential(decay);
}
