namespace Vae;

/// <summary>
/// A point of a pen's path: position and half the line's width, in pixels; <see cref="Lifted"/> at the start of a stroke.
/// </summary>
internal readonly record struct PenPoint(double X, double Y, double Radius, bool Lifted);

/// <summary>Rasterizes a pen's path by the depth of each pixel's centre inside the line, antialiased at the edge.</summary>
internal static class StrokeRasterizer
{
    /// <summary>
    /// Draws a path into a buffer of height · width values, row-major; 0 is background, 255 full ink. <paramref name="edge"/> is the
    /// width of the antialiased rim, in pixels, above 0.
    /// </summary>
    public static void Draw(ReadOnlySpan<PenPoint> path, double edge, int width, Span<byte> pixels)
    {
        Span<double> depth = stackalloc double[pixels.Length];
        depth.Fill(-edge / 2);
        for (var k = 1; k < path.Length; k++)
            if (!path[k].Lifted)
                Deepen(path[k - 1], path[k], edge / 2, width, depth);
        for (var k = 0; k < pixels.Length; k++)
            pixels[k] = Intensity(depth[k] / edge + 0.5);
    }

    // Visits only the pixels near the segment, and computes a square root only where the depth increases.
    private static void Deepen(PenPoint a, PenPoint b, double rim, int width, Span<double> depth)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, reach = Math.Max(a.Radius, b.Radius) + rim;
        var lengthSquared = dx * dx + dy * dy;
        var perLength = lengthSquared > 0 ? 1 / lengthSquared : 0;
        int left = First(Math.Min(a.X, b.X) - reach), right = Last(Math.Max(a.X, b.X) + reach, width);
        int top = First(Math.Min(a.Y, b.Y) - reach), bottom = Last(Math.Max(a.Y, b.Y) + reach, depth.Length / width);
        for (var row = top; row <= bottom; row++)
            for (var column = left; column <= right; column++)
            {
                double px = column + 0.5 - a.X, py = row + 0.5 - a.Y;
                var along = Math.Clamp((px * dx + py * dy) * perLength, 0, 1);
                double ox = px - along * dx, oy = py - along * dy;
                var radius = a.Radius + along * (b.Radius - a.Radius);
                ref var deepest = ref depth[row * width + column];
                var within = radius - deepest;
                var distanceSquared = ox * ox + oy * oy;
                if (within > 0 && distanceSquared < within * within)
                    deepest = radius - Math.Sqrt(distanceSquared);
            }
    }

    private static int First(double edge) => Math.Max(0, (int)edge);

    private static int Last(double edge, int count) => Math.Min(count - 1, (int)edge);

    private static byte Intensity(double ink)
    {
        var t = Math.Clamp(ink, 0, 1);
        return (byte)(255 * t * t * (3 - 2 * t) + 0.5);
    }
}
