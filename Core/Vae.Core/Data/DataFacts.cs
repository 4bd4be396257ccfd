namespace Vae;

/// <summary>The facts about loaded data that validation uses.</summary>
/// <param name="Shape">The shape of one example, including its mask.</param>
/// <param name="Count">Number of training examples.</param>
/// <param name="Classes">Number of label classes; 0 without labels.</param>
/// <param name="IsBinary">Whether every value is 0 or 1.</param>
/// <param name="ConditionValues">Number of condition values of each example; 0 without a condition.</param>
/// <param name="Values">Facts about all observed values.</param>
/// <param name="Columns">Facts about each column of vectors; empty for images.</param>
/// <param name="IsMasked">Whether the channels of an example are followed by a mask, 1 for an observed value.</param>
public sealed partial record DataFacts(
    Shape Shape, long Count, int Classes, bool IsBinary, int ConditionValues, ValueFacts Values, ValueList<ValueFacts> Columns,
    bool IsMasked)
{
    /// <summary>Facts about data of intensities in [0, 1], or of 0 and 1 only if it is binary.</summary>
    /// <param name="shape">The shape of one example.</param>
    /// <param name="count">Number of training examples.</param>
    /// <param name="classes">Number of label classes; 0 without labels.</param>
    /// <param name="isBinary">Whether every value is 0 or 1.</param>
    /// <param name="conditionValues">Number of condition values of each example; 0 without a condition.</param>
    public DataFacts(Shape shape, long count, int classes, bool isBinary, int conditionValues = 0)
        : this(shape, count, classes, isBinary, conditionValues, isBinary ? ValueFacts.Bits : ValueFacts.Intensities, [], false) { }
}

/// <summary>Facts about a set of numbers.</summary>
/// <param name="Min">The minimum.</param>
/// <param name="Max">The maximum.</param>
/// <param name="AreWhole">Whether all are whole numbers.</param>
/// <param name="Levels">The smallest n ≤ 256 such that all are k/(n − 1) with 0 ≤ k &lt; n; 0 if there is none.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 1 if all are equal.</param>
public sealed partial record ValueFacts(double Min, double Max, bool AreWhole, int Levels, double Mean, double Deviation)
{
    /// <summary>Numbers in [0, 1].</summary>
    public static ValueFacts Intensities { get; } = new(0, 1, false, 0, 0.5, 0.5);

    /// <summary>0 and 1.</summary>
    public static ValueFacts Bits { get; } = new(0, 1, true, 2, 0.5, 0.5);
}
