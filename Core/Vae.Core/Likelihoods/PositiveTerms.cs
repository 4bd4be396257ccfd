namespace Vae;

/// <summary>Terms shared by families of positive values.</summary>
internal static class PositiveTerms
{
    // e⁸⁰ is within float32, whose range ends at e⁸⁸.
    private const double MaxLog = 80;

    /// <summary>ln x; 0 where x is not positive, as a missing value is, so that a mask can omit its term.</summary>
    public static T Log<T>(T x) where T : struct, ITensor<T>
    {
        var positive = Stable.Above(x, 0);
        return T.Log(positive * x + (1 - positive));
    }

    /// <summary>eˡ, with l softly bounded, so that it is positive and finite in float32.</summary>
    public static T Exp<T>(T log) where T : struct, ITensor<T> => T.Exp(Stable.SoftClip(log, -MaxLog, MaxLog));
}
