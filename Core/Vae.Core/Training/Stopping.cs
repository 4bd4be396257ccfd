namespace Vae;

/// <summary>What happens when the validation bound no longer improves.</summary>
[Closed]
public abstract partial record Stopping
{
    /// <summary>Nothing: the run goes to its last epoch.</summary>
    public sealed partial record Never : Stopping;

    /// <summary>Early stopping, counted from the end of the β warm-up; the best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    public sealed partial record Patience(int Epochs) : Stopping;

    /// <summary>The learning rate falls, so many times, before the run ends; waits are counted as with <see cref="Patience"/>, anew after each fall; the best weights are kept.</summary>
    /// <param name="Epochs">Epochs without improvement of the validation bound; ≥ 1.</param>
    /// <param name="Factor">What the learning rate is multiplied by each time; in (0, 1).</param>
    /// <param name="Times">How often it falls; ≥ 1. The wait after the last fall ends the run.</param>
    public sealed partial record Plateau(int Epochs, double Factor, int Times) : Stopping;
}
