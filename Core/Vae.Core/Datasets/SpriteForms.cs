namespace Vae;

/// <summary>
/// The forms of sprites at scale 1 and orientation 0, as sets of points relative to the centre, in pixels with the y axis upwards.
/// </summary>
internal static class SpriteForms
{
    /// <summary>
    /// The largest distance of a form's points from its centre, in pixels. It is slightly less than 16, at which edges would pass
    /// through pixel centres and depend on rounding.
    /// </summary>
    public const double Radius = 15.9;

    // The largest distance of the heart's curve from its origin.
    private const double HeartReach = 1.42455;

    private static readonly double HalfSide = Radius / Math.Sqrt(2);

    /// <summary>The number of orientations in which a form looks different; the others repeat these in order.</summary>
    public static int DistinctOrientations(int shape) => shape switch
    {
        0 => Sprites.Orientations / 4,
        1 => Sprites.Orientations / 2,
        _ => Sprites.Orientations,
    };

    /// <summary>Whether a point lies in a form.</summary>
    public static bool Holds(int shape, double x, double y) => shape switch
    {
        0 => Math.Max(Math.Abs(x), Math.Abs(y)) <= HalfSide,
        1 => x * x + 4 * y * y <= Radius * Radius,
        _ => HeartHolds(x * (HeartReach / Radius), y * (HeartReach / Radius)),
    };

    // Inside the sextic curve (x² + y² − 1)³ = x² y³, with the tip downwards.
    private static bool HeartHolds(double x, double y)
    {
        double squares = x * x, outside = squares + y * y - 1;
        return outside * outside * outside <= squares * y * y * y;
    }
}
