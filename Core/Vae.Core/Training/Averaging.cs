namespace Vae;

/// <summary>Whether the weights that are kept are an average over training.</summary>
[Closed]
public abstract partial record Averaging
{
    /// <summary>The last weights.</summary>
    public sealed partial record None : Averaging;

    /// <summary>An exponential moving average, by which the model is evaluated and saved; Polyak &amp; Juditsky 1992.</summary>
    /// <param name="Decay">The part of the average that a step keeps; in (0, 1).</param>
    public sealed partial record Exponential(double Decay) : Averaging;
}
