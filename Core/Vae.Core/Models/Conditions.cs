namespace Vae;

/// <summary>Conditions by name, and their shapes and values.</summary>
public static class Conditions
{
    /// <summary>An unconditional model.</summary>
    public static Condition None { get; } = new Condition.None();

    /// <summary>A class label, one-hot.</summary>
    /// <param name="classes">Number of classes; ≥ 1.</param>
    public static Condition Label(int classes) => new Condition.Label(classes);

    /// <summary>Several class labels, each one-hot, concatenated.</summary>
    /// <param name="classes">Number of classes of each label; each ≥ 1.</param>
    public static Condition Labels(ValueList<int> classes) => new Condition.Labels(classes);

    /// <summary>A vector of finite real values.</summary>
    /// <param name="width">The length of the vector; ≥ 1.</param>
    public static Condition Vector(int width) => new Condition.Vector(width);

    /// <summary>Some quadrants of the image itself; the model predicts the others.</summary>
    /// <param name="observed">Number of observed quadrants; 1, 2 or 3.</param>
    public static Condition Quadrants(int observed) => new Condition.Quadrants(observed);

    /// <summary>The shape of c: [width], [0] without a condition, or that of an image.</summary>
    /// <param name="condition">Any condition.</param>
    /// <param name="input">The shape of an example.</param>
    public static Shape Shape(Condition condition, Shape input) => condition.ShapeFor(input);

    /// <summary>Number of condition values that a data set must have for each example, besides the example and its label.</summary>
    /// <param name="condition">Any condition.</param>
    public static int ValueCount(Condition condition) => condition.ValueCount;

    /// <summary>
    /// 1 where the condition shows a value of x itself, 0 elsewhere; [1, ...] in the shape of x. Rows from ⌊height/2⌋ on are the
    /// lower half, columns before ⌊width/2⌋ the left one.
    /// </summary>
    /// <param name="condition">Any condition.</param>
    /// <param name="input">The shape of an example; an image for quadrants.</param>
    public static NdArray Observed(Condition condition, Shape input)
    {
        var seen = new double[input.Size];
        if (condition is Condition.Quadrants quadrants)
            for (var i = 0; i < seen.Length; i++)
                seen[i] = quadrants.IsObserved(
                    upper: i / input.Width % input.Height < input.Height / 2, left: i % input.Width < input.Width / 2) ? 1 : 0;
        return NdArray.FromValues(seen, [1, .. input.Dims]);
    }

    /// <summary>Whether the condition shows values of x itself, which the likelihood then leaves out.</summary>
    /// <param name="condition">Any condition.</param>
    public static bool ShowsInput(Condition condition) => condition is Condition.Quadrants;
}
