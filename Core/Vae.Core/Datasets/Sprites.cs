namespace Vae;

/// <summary>One of the independent factors of a sprite.</summary>
/// <param name="Name">The name that tables and pictures show.</param>
/// <param name="Size">Number of its values: indices 0 to size − 1.</param>
internal sealed record SpriteFactor(string Name, int Size)
{
    /// <summary>A copy with the given properties replaced.</summary>
    public SpriteFactor With(string? name = null, int? size = null) => new(name ?? Name, size ?? Size);
}

/// <summary>
/// Synthetic images of white shapes on black, drawn from five independent known factors, as disentanglement metrics need. The factors and
/// their order are those of dSprites (Matthey, Higgins, Hassabis &amp; Lerchner 2017), the drawing is not: 64 × 64 pixels, each 0 or 255,
/// one image for every combination. Orientations divide the full turn without repeating its end. A square has equal images after a quarter
/// turn and an ellipse after half a turn; no other two images are equal.
/// </summary>
internal static class Sprites
{
    /// <summary>The width of an image, in pixels.</summary>
    public const int Width = 64;

    /// <summary>The height of an image, in pixels.</summary>
    public const int Height = 64;

    /// <summary>Number of images, one for every combination of the factors: 3 · 6 · 40 · 32 · 32 = 737,280.</summary>
    public const int Count = Shapes * Scales * Orientations * Positions * Positions;

    internal const int Shapes = 3, Scales = 6, Orientations = 40, Positions = 32;

    // Positions are one pixel apart, from pixel 16 to pixel 47, so that the largest sprite stays inside.
    private const int FirstCentre = (Width - Positions) / 2;
    private const int Reach = (int)SpriteForms.Radius;

    /// <summary>The factors, in the order in which an index enumerates them, the last one fastest.</summary>
    public static ValueList<SpriteFactor> Factors { get; } = [
        new("shape", Shapes), new("scale", Scales), new("orientation", Orientations), new("position x", Positions),
        new("position y", Positions)];

    /// <summary>The names of the values of the factor "shape".</summary>
    public static ValueList<string> ShapeNames { get; } = ["square", "ellipse", "heart"];

    /// <summary>The index of an image's value of each factor, from 0; for an image in 0 … 737,279.</summary>
    public static ValueList<int> FactorsOf(int index)
    {
        if (index is < 0 or >= Count)
            throw new ArgumentOutOfRangeException(nameof(index), $"index: must be 0 to {Count - 1}, got {index}");
        var places = new int[Factors.Count];
        for (var i = places.Length - 1; i >= 0; index /= Factors[i--].Size)
            places[i] = index % Factors[i].Size;
        return new(places);
    }

    /// <summary>The image of an index for each of the five factors; the inverse of <see cref="FactorsOf"/>.</summary>
    public static int IndexOf(ValueList<int> factors)
    {
        if (factors.Count != Factors.Count)
            throw new ArgumentException($"factors: must be {Factors.Count} places, got {factors.Count}", nameof(factors));
        var index = 0;
        for (var i = 0; i < factors.Count; i++)
            index = index * Factors[i].Size + (factors[i] >= 0 && factors[i] < Factors[i].Size ? factors[i]
                : throw new ArgumentOutOfRangeException(
                    nameof(factors), $"factors[{i}]: must be 0 to {Factors[i].Size - 1}, got {factors[i]}"));
        return index;
    }

    /// <summary>
    /// The values of an image's factors: shape 0, 1 or 2; scale in [0.5, 1]; orientation in [0, 2π), radians counterclockwise;
    /// position x (from the left) and y (from the top) in [0, 1].
    /// </summary>
    public static ValueList<double> ValuesOf(int index)
    {
        var at = FactorsOf(index);
        return [at[0], Scale(at[1]), Angle(at[2]), at[3] / (Positions - 1.0), at[4] / (Positions - 1.0)];
    }

    /// <summary>An image, 64 · 64 values, row-major from the top left; 0 or 255.</summary>
    public static byte[] Draw(int index)
    {
        var pixels = new byte[Width * Height];
        Draw(index, pixels);
        return pixels;
    }

    /// <summary>Draws an image into a buffer of 64 · 64 values, row-major from the top left; 0 or 255.</summary>
    public static void Draw(int index, Span<byte> pixels)
    {
        if (pixels.Length != Width * Height)
            throw new ArgumentException($"pixels: must hold {Width * Height} bytes, got {pixels.Length}", nameof(pixels));
        var at = FactorsOf(index);
        // Equivalent orientations are drawn at the same angle, so that their images are exactly equal.
        var angle = Angle(at[2] % SpriteForms.DistinctOrientations(at[0]));
        double cos = Math.Cos(angle) / Scale(at[1]), sin = Math.Sin(angle) / Scale(at[1]);
        pixels.Clear();
        for (var down = -Reach; down <= Reach; down++)
        {
            var row = pixels.Slice((FirstCentre + at[4] + down) * Width, Width);
            for (var right = -Reach; right <= Reach; right++)
                if (SpriteForms.Holds(at[0], right * cos - down * sin, -right * sin - down * cos))
                    row[FirstCentre + at[3] + right] = 255;
        }
    }

    private static double Scale(int place) => (Scales - 1 + place) / (2.0 * (Scales - 1));

    private static double Angle(int place) => place * (2 * Math.PI / Orientations);
}
