namespace Vae.Torch;

/// <summary>How much time passes at least between two things that a run does in the midst of an epoch.</summary>
/// <param name="Reports">Between reports of progress.</param>
/// <param name="Checkpoints">Between checkpoints; each epoch ends with one too.</param>
internal readonly record struct Pace(TimeSpan Reports, TimeSpan Checkpoints)
{
    public static Pace Usual { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(60));

    /// <summary>Everything at each step.</summary>
    public static Pace EachStep { get; } = new(TimeSpan.Zero, TimeSpan.Zero);
}
