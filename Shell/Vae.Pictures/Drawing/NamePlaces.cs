using SkiaSharp;

namespace Vae.Torch;

/// <summary>Places labels in a picture.</summary>
internal static class NamePlaces
{
    private const int Rounds = 200;

    // Pixels; a smaller overlap is invisible.
    private const float MinDistance = 0.05f;

    /// <summary>Moves the centres of overlapping labels apart, as little as possible; other labels keep their place.</summary>
    /// <param name="wanted">Preferred centres.</param>
    /// <param name="sizes">Width and height of each label.</param>
    /// <returns>The centres.</returns>
    public static SKPoint[] Apart(ReadOnlySpan<SKPoint> wanted, ReadOnlySpan<SKSize> sizes)
    {
        var places = wanted.ToArray();
        // Labels at the same place have no direction to move apart: each gets a different one.
        for (var i = 0; i < places.Length; i++)
            if (wanted[..i].Contains(wanted[i]))
                places[i] += new SKPoint(MathF.Cos(2.4f * i), MathF.Sin(2.4f * i));
        for (var round = 0; round < Rounds; round++)
        {
            var moved = false;
            for (var i = 0; i < places.Length; i++)
                for (var j = i + 1; j < places.Length; j++)
                {
                    var (apart, by) = (places[j] - places[i], sizes[i] + sizes[j]);
                    float across = by.Width / 2 - Math.Abs(apart.X), up = by.Height / 2 - Math.Abs(apart.Y);
                    if (across <= MinDistance || up <= MinDistance)
                        continue;
                    var push = across * by.Height < up * by.Width
                        ? new SKPoint(apart.X < 0 ? -across : across, 0) : new SKPoint(0, apart.Y < 0 ? -up : up);
                    push = new(push.X / 2, push.Y / 2);
                    (places[i], places[j], moved) = (places[i] - push, places[j] + push, true);
                }
            if (!moved)
                break;
        }
        return places;
    }
}
