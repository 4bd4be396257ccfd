namespace Vae;

/// <summary>Conditions by name, and their shapes and values.</summary>
public static class Conditions
{
    /// <summary>An unconditional model.</summary>
    public static Condition None { get; } = new Condition.None();

    /// <summary>A class label, one-hot.</summary>
    public static Condition Label(int classes) => new Condition.Label(classes);

    /// <summary>Several class labels, one-hot each.</summary>
    public static Condition Labels(ValueList<int> classes) => new Condition.Labels(classes);

    /// <summary>A vector of real values.</summary>
    public static Condition Vector(int width) => new Condition.Vector(width);

    /// <summary>1, 2 or 3 quadrants of the image itself; the others are modelled.</summary>
    public static Condition Quadrants(int observed) => new Condition.Quadrants(observed);

    /// <summary>The shape of c for examples of a shape: [width], [0] without a condition, or that of an image.</summary>
    public static Shape Shape(Condition condition, Shape input) => condition.ShapeFor(input);

    /// <summary>Number of values that a data set must have for each example, besides the example and its label.</summary>
    public static int ValueCount(Condition condition) => condition.ValueCount;

    /// <summary>
    /// 1 where the condition shows a value of x itself, 0 elsewhere: [1, ...] in the shape of x, which must be an image for
    /// quadrants. Rows from ⌊height/2⌋ on are the lower half, columns before ⌊width/2⌋ the left one.
    /// </summary>
    public static NdArray Observed(Condition condition, Shape input)
    {
        var seen = new double[input.Size];
        if (condition is Condition.Quadrants quadrants)
            for (var i = 0; i < seen.Length; i++)
                seen[i] = quadrants.IsObserved(i / input.Width % input.Height < input.Height / 2, i % input.Width < input.Width / 2) ? 1 : 0;
        return NdArray.FromValues(seen, [1, .. input.Dims]);
    }

    /// <summary>Whether the condition shows values of x itself, which the likelihood then does not count.</summary>
    public static bool ShowsInput(Condition condition) => condition is Condition.Quadrants;
}
