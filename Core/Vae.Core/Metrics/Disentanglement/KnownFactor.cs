namespace Vae;

/// <summary>One of the things that examples are known to depend on, with its value for each of them.</summary>
/// <param name="Name">As a table calls it.</param>
/// <param name="Values">N whole numbers ≥ 0, at least two of them different.</param>
/// <param name="Ordered">Whether a larger number is more of something, as a size is; a shape or a class is not.</param>
internal sealed partial record KnownFactor(string Name, ValueList<int> Values, bool Ordered = true)
{
    /// <summary>The same factor with other parts.</summary>
    public KnownFactor With(string? name = null, ValueList<int>? values = null, bool? ordered = null) =>
        new(name ?? Name, values ?? Values, ordered ?? Ordered);
}
