namespace Vae.Torch;

/// <summary>Minimum intervals between events within an epoch.</summary>
/// <param name="Reports">Interval between progress reports.</param>
/// <param name="Checkpoints">Interval between checkpoints; each epoch ends with one too.</param>
internal readonly record struct Pace(TimeSpan Reports, TimeSpan Checkpoints)
{
    public static Pace Usual { get; } = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(60));

    /// <summary>Reports and saves at every step.</summary>
    public static Pace EachStep { get; } = new(TimeSpan.Zero, TimeSpan.Zero);
}
