namespace Vae;

/// <summary>A known factor of variation and its value for each example.</summary>
/// <param name="Name">The name that tables show.</param>
/// <param name="Values">N whole numbers ≥ 0, at least two of them different.</param>
/// <param name="Ordered">Whether the order of the values means something, as for a size but not for a shape or a class.</param>
internal sealed partial record KnownFactor(string Name, ValueList<int> Values, bool Ordered = true)
{
    /// <summary>A copy with the given properties replaced.</summary>
    public KnownFactor With(string? name = null, ValueList<int>? values = null, bool? ordered = null) =>
        new(name ?? Name, values ?? Values, ordered ?? Ordered);
}
