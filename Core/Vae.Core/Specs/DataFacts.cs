namespace Vae;

/// <summary>What validation needs to know of loaded data.</summary>
/// <param name="Shape">Of one example.</param>
/// <param name="Count">Training examples.</param>
/// <param name="Classes">The number of label classes; 0 where there are no labels.</param>
/// <param name="IsBinary">Whether every value is 0 or 1.</param>
public sealed record DataFacts(Shape Shape, long Count, int Classes, bool IsBinary)
{
    /// <summary>The same with other parts.</summary>
    public DataFacts With(Shape? shape = null, long? count = null, int? classes = null, bool? isBinary = null) =>
        new(shape ?? Shape, count ?? Count, classes ?? Classes, isBinary ?? IsBinary);
}
