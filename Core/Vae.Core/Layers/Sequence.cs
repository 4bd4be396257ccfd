namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// A vector as a sequence. [steps · Σ widths] → [Σ widths, 1, steps]. The vector has one part after the other, and each part one step
    /// after the other: the values of windows, and then their mask.
    /// </summary>
    /// <param name="Steps">Number of steps; ≥ 1.</param>
    /// <param name="Widths">The values of a step in each part; each ≥ 1.</param>
    public sealed partial record Sequence(int Steps, ValueList<int> Widths) : Layer
    {
        internal override string Name => $"sequence of {Steps} steps";

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.AtLeast($"{path}.steps", Steps, 1),
            .. Rules.If(Widths.Count == 0, $"{path}.widths", "must have at least one part", "none"),
            .. Widths.SelectMany((width, i) => Rules.AtLeast($"{path}.widths[{i}]", width, 1))];

        internal override Validated<Shape> Output(Shape input, string path) =>
            !input.IsVector ? Refused(path, "sequence needs a vector (put a flatten before it)", input)
            : input.Channels != (Int128)Steps * Widths.Sum(width => (long)width)
                ? Refused($"{path}.widths", $"must be {Steps} steps of as many values as its input {input} has", string.Join(" + ", Widths))
            : Valid(Shape.Image(input.Channels / Steps, 1, Steps));
    }
}

public static partial class Layers
{
    /// <summary>A vector as a sequence, step after step. [steps · width] → [width, 1, steps].</summary>
    /// <param name="steps">Number of steps; ≥ 1.</param>
    /// <param name="widths">The values of a step; several where the vector has one part of all steps after the other.</param>
    public static Layer Sequence(int steps, params ValueList<int> widths) => new Layer.Sequence(steps, widths);
}
