namespace Vae;

/// <summary>The set that z lies in, which must be the same for a posterior and its prior; see <see cref="Supports"/>.</summary>
/// <param name="Name">The name that messages show.</param>
/// <param name="Classes">The length of a one-hot block, or the number of codes; 0 if not applicable.</param>
/// <param name="Embedding">The length of a code's vector; 0 if not applicable.</param>
public sealed partial record Support(string Name, int Classes = 0, int Embedding = 0);

/// <summary>Supports by name.</summary>
public static class Supports
{
    /// <summary>Any point of ℝᴰ.</summary>
    public static Support Reals { get; } = new("real numbers");

    /// <summary>‖z‖ = 1.</summary>
    public static Support Sphere { get; } = new("the unit sphere");

    /// <summary>One-hot blocks of a length, z = (e₁, e₂, …), or points of the simplex near them; D is a multiple of it.</summary>
    public static Support Categories(int classes) => new($"one-hot blocks of {classes}", classes);

    /// <summary>Concatenated vectors of a codebook; D is a multiple of their length.</summary>
    public static Support Codes(int codes, int embedding) => new($"vectors of {embedding} from a codebook of {codes}", codes, embedding);
}
