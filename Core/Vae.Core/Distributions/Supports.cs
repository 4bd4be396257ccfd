namespace Vae;

/// <summary>What a support means.</summary>
public static class Supports
{
    /// <summary>Its name for people.</summary>
    public static string Name(Support support) => support.Match(
        reals: _ => "real numbers", sphere: _ => "the unit sphere", categories: c => $"one-hot blocks of {c.Classes}");
}
