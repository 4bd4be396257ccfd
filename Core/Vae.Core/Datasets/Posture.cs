namespace Vae;

/// <summary>
/// Deforms, slants and positions a path, as the orientation of paper and pen does. It uses only exactly rounded operations, as <see
/// cref="Handwriting"/> does.
/// </summary>
internal static class Posture
{
    // Digits are taller than wide, so their box is squeezed.
    private const double Aspect = 0.72;
    private const double Margin = 2.5;

    /// <summary>Deforms the box of 100 × 100 by a smooth polynomial, which preserves the strokes' topology.</summary>
    public static void Bend(Span<PenPoint> path, KeyedRandom random)
    {
        double xuv = 0.11 * random.Bell(0), xvv = 0.10 * random.Bell(1), xvvv = 0.08 * random.Bell(2), xuu = 0.07 * random.Bell(3);
        double yuv = 0.10 * random.Bell(4), yuu = 0.08 * random.Bell(5), yvv = 0.10 * random.Bell(6);
        foreach (ref var p in path)
        {
            double u = p.X / 50 - 1, v = p.Y / 50 - 1;
            p = p with
            {
                X = u + xuv * u * v + xvv * v * v + xvvv * v * v * v + xuu * u * u,
                Y = v + yuv * u * v + yuu * u * u + yvv * v * v,
            };
        }
    }

    /// <summary>Squeezes, slants and rotates about the middle of the box [−1, 1]².</summary>
    public static void Lean(Span<PenPoint> path, KeyedRandom random)
    {
        // Narrower than this, a 7 reads as a 1 and loops close.
        var squeeze = Math.Max(0.52, Aspect * (1 + 0.16 * random.Bell(0)));
        var slant = 0.15 + 0.18 * random.Bell(1);
        // Cosine and sine from the tangent of half the angle.
        var half = 0.045 * random.Bell(2);
        double cosine = (1 - half * half) / (1 + half * half), sine = 2 * half / (1 + half * half);
        foreach (ref var p in path)
        {
            double x = squeeze * p.X - slant * p.Y, y = p.Y;
            p = p with { X = cosine * x - sine * y, Y = sine * x + cosine * y };
        }
    }

    /// <summary>
    /// Scales the ink into a box of <paramref name="box"/> pixels and moves its centre of mass to the middle of a frame of <paramref
    /// name="frame"/> pixels.
    /// </summary>
    public static void Place(Span<PenPoint> path, KeyedRandom random, double frame, double box)
    {
        var radius = Math.Clamp(1.28 + 0.33 * random.Bell(0), 0.62, 2.2);
        var size = box * (0.97 + 0.035 * random.Bell(1)) - 2 * radius;
        var bounds = Bounds(path);
        var scale = size / Math.Max(bounds.Right - bounds.Left, bounds.Bottom - bounds.Top);
        var (massX, massY) = CentreOfMass(path);
        var shiftX = Shift(scale * massX, scale * bounds.Left, scale * bounds.Right, frame, radius, 0.8 * random.Bell(2));
        var shiftY = Shift(scale * massY, scale * bounds.Top, scale * bounds.Bottom, frame, radius, 0.6 * random.Bell(3));
        foreach (ref var p in path)
            p = new(scale * p.X + shiftX, scale * p.Y + shiftY, radius * p.Radius, p.Lifted);
    }

    // Moves the centre of mass to the middle of the frame, unless the line would come near the border. With pens below 3 pixels, at
    // most 1.4 times as thick in places, and an antialiased rim of 0.8, the outermost pixels stay empty.
    private static double Shift(double mass, double low, double high, double frame, double radius, double jitter) =>
        Math.Clamp(frame / 2 + jitter - mass, Margin + radius - low, frame - Margin - radius - high);

    private static (double Left, double Top, double Right, double Bottom) Bounds(ReadOnlySpan<PenPoint> path)
    {
        double left = path[0].X, right = left, top = path[0].Y, bottom = top;
        foreach (var p in path)
        {
            left = Math.Min(left, p.X);
            right = Math.Max(right, p.X);
            top = Math.Min(top, p.Y);
            bottom = Math.Max(bottom, p.Y);
        }
        return (left, top, right, bottom);
    }

    private static (double X, double Y) CentreOfMass(ReadOnlySpan<PenPoint> path)
    {
        double mass = 0, x = 0, y = 0;
        for (var k = 1; k < path.Length; k++)
        {
            PenPoint a = path[k - 1], b = path[k];
            double dx = b.X - a.X, dy = b.Y - a.Y, ink = b.Lifted ? 0 : Math.Sqrt(dx * dx + dy * dy) * (a.Radius + b.Radius);
            mass += ink;
            x += ink * (a.X + b.X) / 2;
            y += ink * (a.Y + b.Y) / 2;
        }
        return (x / mass, y / mass);
    }
}
