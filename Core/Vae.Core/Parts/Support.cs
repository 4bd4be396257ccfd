namespace Vae;

/// <summary>The set that contains z. A posterior and its prior must have the same one; see <see cref="Supports"/>.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="Classes">The length of a one-hot block, or the number of codes; 0 if not applicable.</param>
/// <param name="Embedding">The length of a code's vector; 0 if not applicable.</param>
public sealed partial record Support(string Name, int Classes = 0, int Embedding = 0);

/// <summary>Supports by name.</summary>
public static class Supports
{
    /// <summary>ℝᴰ.</summary>
    public static Support Reals { get; } = new("real numbers");

    /// <summary>The unit sphere, ‖z‖ = 1.</summary>
    public static Support Sphere { get; } = new("the unit sphere");

    /// <summary>One-hot blocks, z = (e₁, e₂, …), or points of the simplex near them.</summary>
    /// <param name="classes">The length of a block, which divides D; ≥ 2.</param>
    public static Support Categories(int classes) => new($"one-hot blocks of {classes}", classes);

    /// <summary>Concatenated vectors of a codebook.</summary>
    /// <param name="codes">Number of vectors in the codebook; ≥ 2.</param>
    /// <param name="embedding">The length of a vector, which divides D; ≥ 1.</param>
    public static Support Codes(int codes, int embedding) => new($"vectors of {embedding} from a codebook of {codes}", codes, embedding);
}
