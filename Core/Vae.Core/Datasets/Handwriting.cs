namespace Vae;

/// <summary>
/// Computes the path of a pen from a form and noise. It uses only the five operations that IEEE 754 rounds exactly (+, −, ·, / and √), so
/// paths are identical on every platform.
/// </summary>
internal static class Handwriting
{
    /// <summary>The maximum number of points of a path.</summary>
    public const int MaxPoints = 160;

    private const int StepsPerSegment = 7;
    private const int MaxControls = 16;

    private readonly record struct Control(double X, double Y, double Width, bool Corner);

    // An autoregressive process of variance 1: a hand wavers slowly.
    private readonly record struct Waver(double X, double Y, double Width)
    {
        private const double Kept = 0.6, Fresh = 0.8;

        public static Waver First(KeyedRandom random) => new(random.Bell(0), random.Bell(1), random.Bell(2));

        public Waver Next(KeyedRandom random, int point) => new(
            Kept * X + Fresh * random.Bell(3 * point + 3),
            Kept * Y + Fresh * random.Bell(3 * point + 4),
            Kept * Width + Fresh * random.Bell(3 * point + 5));
    }

    /// <summary>
    /// Writes the strokes of a form in order, in its box of 100 × 100, with radii relative to the pen's. Returns the number of points
    /// written to <paramref name="path"/>.
    /// </summary>
    public static int Write(DigitForm form, KeyedRandom random, Span<PenPoint> path)
    {
        Span<Control> controls = stackalloc Control[MaxControls];
        var count = 0;
        for (var stroke = 0; stroke < form.Strokes; stroke++)
        {
            var used = Steer(form, stroke, random, controls);
            count = Trace(controls[..used], path, count);
        }
        return count;
    }

    // Interpolates between the form's extremes, with a blend that drifts along the stroke, and adds wavering.
    private static int Steer(DigitForm form, int stroke, KeyedRandom random, Span<Control> controls)
    {
        var rounded = random.Uniform(0) < 0.3;
        var start = 1.2 * random.Uniform(1) - 0.1;
        var drift = 0.35 * random.Bell(2);
        var noise = random.Fold(stroke);
        var waver = Waver.First(noise);
        var points = form.Points(stroke);
        var used = 0;
        for (var k = 0; k < points; k++)
        {
            var blend = Math.Clamp(start + drift * k / points, -0.2, 1.2);
            var corner = k + 1 < points && form.IsCorner(stroke, k);
            controls[used++] = new(
                form.At(stroke, 2 * k, blend) + 3.4 * waver.X,
                form.At(stroke, 2 * k + 1, blend) + 2.9 * waver.Y,
                Math.Clamp(1 + 0.15 * waver.Width, 0.6, 1.4),
                corner && !rounded);
            if (corner)
                k++;
            waver = waver.Next(noise, k);
        }
        return used;
    }

    private static int Trace(ReadOnlySpan<Control> controls, Span<PenPoint> path, int count)
    {
        var last = controls.Length - 1;
        path[count++] = new(controls[0].X, controls[0].Y, controls[0].Width, true);
        for (var k = 0; k < last; k++)
        {
            // The curve does not continue beyond a corner or an end.
            var before = controls[k == 0 || controls[k].Corner ? k : k - 1];
            var after = controls[k + 1 == last || controls[k + 1].Corner ? k + 1 : k + 2];
            for (var step = 1; step <= StepsPerSegment; step++)
                path[count++] = Between(before, controls[k], controls[k + 1], after, (double)step / StepsPerSegment);
        }
        return count;
    }

    private static PenPoint Between(Control before, Control a, Control b, Control after, double t) => new(
        CatmullRom(before.X, a.X, b.X, after.X, t),
        CatmullRom(before.Y, a.Y, b.Y, after.Y, t),
        a.Width + t * (b.Width - a.Width),
        false);

    /// <summary>The cubic from a (t = 0) to b (t = 1) with slopes (b − before) / 2 and (after − a) / 2; Catmull &amp; Rom 1974.</summary>
    private static double CatmullRom(double before, double a, double b, double after, double t) =>
        a + 0.5 * t * (b - before
            + t * (2 * before - 5 * a + 4 * b - after
            + t * (3 * (a - b) + after - before)));
}
