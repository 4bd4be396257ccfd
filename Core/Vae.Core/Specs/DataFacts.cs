namespace Vae;

/// <summary>What validation needs to know of loaded data.</summary>
/// <param name="Shape">Of one example.</param>
/// <param name="Count">Training examples.</param>
/// <param name="Classes">The number of label classes; 0 where there are no labels.</param>
/// <param name="IsBinary">Whether every value is 0 or 1.</param>
/// <param name="ConditionValues">The values given with each example for a condition; 0 where there are none.</param>
public sealed record DataFacts(Shape Shape, long Count, int Classes, bool IsBinary, int ConditionValues = 0)
{
    /// <summary>The same with other parts.</summary>
    public DataFacts With(Shape? shape = null, long? count = null, int? classes = null, bool? isBinary = null, int? conditionValues = null) =>
        new(shape ?? Shape, count ?? Count, classes ?? Classes, isBinary ?? IsBinary, conditionValues ?? ConditionValues);
}
