namespace Vae;

/// <summary>
/// What the networks are conditioned on besides x and z: q(z|x, c), p(x|z, c), and p(z|c) if the prior is conditional; Sohn et
/// al. 2015.
/// </summary>
[Closed]
public abstract partial record Condition
{
    /// <summary>Number of values that a data set must have for each example, besides the example and its label.</summary>
    internal virtual int ValueCount => 0;

    /// <summary>The shape of c, for the shape of an example.</summary>
    internal abstract Shape ShapeFor(Shape input);

    /// <summary>The problems of its settings, for the shape of an example.</summary>
    internal virtual ValueList<Problem> Problems(Shape input, string path) => [];

    /// <summary>Its problems with the data of a run.</summary>
    internal virtual ValueList<Problem> Problems(DataFacts data, string path) => [];

    private static ValueList<Problem> Values(int width, DataFacts data, string path) => Rules.If(data.ConditionValues != width, path,
        data.ConditionValues == 0 ? "needs data with condition values (the key c of an .npz, or set with the data)"
        : $"must be the {data.ConditionValues} condition values of the data", width);

    /// <summary>Nothing: an unconditional model.</summary>
    public sealed partial record None : Condition
    {
        internal override Shape ShapeFor(Shape input) => Shape.Vector(0);
    }

    /// <summary>A class label, one-hot.</summary>
    /// <param name="Classes">Number of classes; labels are 0 … classes − 1.</param>
    public sealed partial record Label(int Classes) : Condition
    {
        internal override Shape ShapeFor(Shape input) => Shape.Vector(Classes);

        internal override ValueList<Problem> Problems(Shape input, string path) => Rules.Size($"{path}.classes", Classes);

        internal override ValueList<Problem> Problems(DataFacts data, string path) => Rules.If(data.Classes != Classes, $"{path}.classes",
            data.Classes == 0 ? "needs data with labels" : $"must be the data's {data.Classes} classes", Classes);
    }

    /// <summary>Several class labels, each one-hot, concatenated.</summary>
    /// <param name="Classes">Number of classes of each label; the data has a whole number 0 … classes − 1 for each.</param>
    public sealed partial record Labels(ValueList<int> Classes) : Condition
    {
        internal override int ValueCount => Classes.Count;

        internal override Shape ShapeFor(Shape input) => Shape.Vector((int)Math.Min(Classes.Sum(classes => (long)classes), int.MaxValue));

        internal override ValueList<Problem> Problems(Shape input, string path) => [
            .. Rules.If(Classes.Count == 0, $"{path}.classes", "must name at least one label", "none"),
            .. Classes.SelectMany((classes, i) => Rules.Size($"{path}.classes[{i}]", classes)),
            .. Rules.If(Classes.Sum(classes => (long)Math.Max(classes, 0)) > Rules.MaxValues, $"{path}.classes",
                $"must be at most {Rules.MaxValues} together", "more")];

        internal override ValueList<Problem> Problems(DataFacts data, string path) => Values(Classes.Count, data, $"{path}.classes");
    }

    /// <summary>A vector of finite real values.</summary>
    /// <param name="Width">The length of the vector; ≥ 1.</param>
    public sealed partial record Vector(int Width) : Condition
    {
        internal override int ValueCount => Width;

        internal override Shape ShapeFor(Shape input) => Shape.Vector(Width);

        internal override ValueList<Problem> Problems(Shape input, string path) => Rules.Size($"{path}.width", Width);

        internal override ValueList<Problem> Problems(DataFacts data, string path) => Values(Width, data, $"{path}.width");
    }

    /// <summary>
    /// The observed quadrants of the image x itself, as an image with zeros elsewhere; the likelihood counts only the other
    /// quadrants, so the model predicts the missing part from the observed one; Sohn et al. 2015, section 5.1.
    /// </summary>
    /// <param name="Observed">1: the lower left quadrant; 2: the left half; 3: all but the lower right quadrant.</param>
    public sealed partial record Quadrants(int Observed) : Condition
    {
        internal override Shape ShapeFor(Shape input) => input;

        // The order of the quadrants is that of the published tables: lower left, upper left, upper right.
        internal bool IsObserved(bool upper, bool left) => Observed switch
        {
            1 => left && !upper,
            2 => left,
            _ => left || upper,
        };

        internal override ValueList<Problem> Problems(Shape input, string path) => [
            .. Rules.Within($"{path}.observed", Observed, 1, 3),
            .. Rules.If(!(input.IsImage && input.Height > 1 && input.Width > 1), path, "quadrants needs images of at least 2×2", input)];
    }
}
