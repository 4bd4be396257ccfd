namespace Vae;

/// <summary>Where z lies, by which posteriors and priors fit each other; made by <see cref="Supports"/>.</summary>
/// <param name="Name">For people.</param>
/// <param name="Classes">The length of a one-hot block, or the number of codes; 0 where z has none.</param>
/// <param name="Embedding">The length of a code's vector; 0 where z has none.</param>
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

    /// <summary>Vectors of a codebook one after the other, D is a multiple of their length.</summary>
    public static Support Codes(int codes, int embedding) => new($"vectors of {embedding} from a codebook of {codes}", codes, embedding);
}
