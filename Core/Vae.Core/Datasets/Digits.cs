namespace Vae;

/// <summary>
/// Synthetic handwritten digits: 28 × 28 greyscale images in ten classes, each a pure function of (seed, index), identical on every
/// platform. Their layout is that of MNIST (white ink on black, in a box of 20 × 20, with the centre of mass in the middle and the
/// outermost pixels empty), so that either data set can replace the other. Indices 0 to <see cref="TrainCount"/> − 1 are the training
/// set, the next <see cref="TestCount"/> the test set. Every other index, also a negative one, is a digit too.
/// </summary>
internal static class Digits
{
    /// <summary>The width of an image, in pixels.</summary>
    public const int Width = 28;

    /// <summary>The height of an image, in pixels.</summary>
    public const int Height = 28;

    /// <summary>The number of classes; labels are 0 to 9.</summary>
    public const int Classes = 10;

    /// <summary>Number of images in the training set: indices 0 to 59,999.</summary>
    public const int TrainCount = 60_000;

    /// <summary>Number of images in the test set: indices 60,000 to 69,999.</summary>
    public const int TestCount = 10_000;

    // MNIST's layout: LeCun, Bottou, Bengio & Haffner 1998, section III.A.
    private const double InkBox = 20;

    private enum Purpose { Label, Form, Hand, Page, Lean, Pen, Edge }

    /// <summary>
    /// The class of an image, 0 to 9. Each block of ten indices from a multiple of ten on has every class once, shuffled, so the
    /// classes are exactly balanced.
    /// </summary>
    public static int Label(ulong seed, long index)
    {
        var block = index / Classes - (index % Classes < 0 ? 1 : 0);
        var slot = (int)(index - block * Classes);
        var random = KeyedRandom.FromSeed(seed).Fold((long)Purpose.Label).Fold(block);
        Span<int> labels = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        for (var k = Classes - 1; k >= slot; k--)
        {
            var other = random.Below(k + 1, k);
            (labels[k], labels[other]) = (labels[other], labels[k]);
        }
        return labels[slot];
    }

    /// <summary>An image, 28 · 28 values, row-major from the top left; 0 is background, 255 full ink.</summary>
    public static byte[] Draw(ulong seed, long index)
    {
        var pixels = new byte[Width * Height];
        Draw(seed, index, pixels);
        return pixels;
    }

    /// <summary>Draws an image into a buffer of 28 · 28 values, row-major from the top left; 0 is background, 255 full ink.</summary>
    public static void Draw(ulong seed, long index, Span<byte> pixels)
    {
        if (pixels.Length != Width * Height)
            throw new ArgumentException($"pixels: must hold {Width * Height} bytes, got {pixels.Length}", nameof(pixels));
        var random = KeyedRandom.FromSeed(seed).Fold(index);
        var form = DigitForms.Choose(Label(seed, index), random.Below(100, (long)Purpose.Form));
        Span<PenPoint> path = stackalloc PenPoint[Handwriting.MaxPoints];
        path = path[..Handwriting.Write(form, random.Fold((long)Purpose.Hand), path)];
        Posture.Bend(path, random.Fold((long)Purpose.Page));
        Posture.Lean(path, random.Fold((long)Purpose.Lean));
        Posture.Place(path, random.Fold((long)Purpose.Pen), Width, InkBox);
        StrokeRasterizer.Draw(path, 1.1 + 0.5 * random.Uniform((long)Purpose.Edge), Width, pixels);
    }
}
