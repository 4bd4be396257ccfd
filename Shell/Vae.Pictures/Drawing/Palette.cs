using SkiaSharp;

namespace Vae.Torch;

/// <summary>Colours for classes.</summary>
internal static class Palette
{
    // The "muted" scheme of Tol 2021 (SRON/EPS/TN/09-002), which is safe for colour-blind readers; its pale grey is darkened to be
    // visible on white.
    private static readonly SKColor[] Colors =
    [
        new(0x33, 0x22, 0x88), new(0xCC, 0x66, 0x77), new(0x11, 0x77, 0x33), new(0x88, 0xCC, 0xEE), new(0xDD, 0xCC, 0x77),
        new(0x88, 0x22, 0x55), new(0x44, 0xAA, 0x99), new(0x99, 0x99, 0x33), new(0xAA, 0x44, 0x99), new(0x55, 0x55, 0x55),
    ];

    public static SKColor Color(int index) => Colors[index % Colors.Length];

    /// <summary>The shape of a class's mark: colours repeat after ten classes with another shape.</summary>
    public static int Form(int index) => index / Colors.Length;
}
