namespace Vae;

/// <summary>Whether a run keeps its last weights or an average of its weights over training.</summary>
[Closed]
public abstract partial record Averaging
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The last weights.</summary>
    public sealed partial record None : Averaging;

    /// <summary>
    /// An exponential moving average (EMA) of the weights, with which the model is evaluated and saved; Polyak &amp; Juditsky
    /// 1992.
    /// </summary>
    /// <param name="Decay">The part of the average that a step keeps; in (0, 1).</param>
    public sealed partial record Exponential(double Decay) : Averaging
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.decay", Decay, 0, 1, false, false);
    }
}

/// <summary>Averagings by name.</summary>
public static class Averagings
{
    /// <summary>The last weights.</summary>
    public static Averaging None { get; } = new Averaging.None();

    /// <summary>An exponential moving average.</summary>
    public static Averaging Exponential(double decay) => new Averaging.Exponential(decay);
}
