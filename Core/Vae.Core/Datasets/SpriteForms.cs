namespace Vae;

/// <summary>What a sprite is, at scale 1 and upright: points of a plane whose y axis points up, in pixels from the sprite's centre.</summary>
internal static class SpriteForms
{
    /// <summary>No point of any form is further from its centre, in pixels. A little less than a whole number: at 16, edges would pass through pixel centres, and rounding would decide.</summary>
    public const double Radius = 15.9;

    // How far the furthest point of the heart's curve lies from its origin.
    private const double HeartReach = 1.42455;

    private static readonly double HalfSide = Radius / Math.Sqrt(2);

    /// <summary>How many of the orientations of a form look different; the others repeat these in order.</summary>
    public static int DistinctOrientations(int shape) => shape switch { 0 => Sprites.Orientations / 4, 1 => Sprites.Orientations / 2, _ => Sprites.Orientations };

    /// <summary>Whether a point belongs to a form.</summary>
    public static bool Holds(int shape, double x, double y) => shape switch
    {
        0 => Math.Max(Math.Abs(x), Math.Abs(y)) <= HalfSide,
        1 => x * x + 4 * y * y <= Radius * Radius,
        _ => HeartHolds(x * (HeartReach / Radius), y * (HeartReach / Radius)),
    };

    // The sextic curve (x² + y² − 1)³ = x² y³, its point down.
    private static bool HeartHolds(double x, double y)
    {
        double squares = x * x, outside = squares + y * y - 1;
        return outside * outside * outside <= squares * y * y * y;
    }
}
