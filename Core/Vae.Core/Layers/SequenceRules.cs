namespace Vae;

/// <summary>The rules of layers on sequences, which are images of one row: [channels, 1, steps].</summary>
internal static class SequenceRules
{
    /// <summary>A shape of as many channels and steps, or why a layer does not fit its input.</summary>
    public static Validated<Shape> Resized(string path, Shape input, int channels, long steps, string kind)
    {
        ValueList<Problem> problems = !IsSequence(input)
            ? [new(path, $"{kind} needs a sequence [channels, 1, steps] (put a sequence layer before it)", $"{input}")]
            : steps < 1 ? [new(path, $"{kind} must leave at least one step of its input {input}", $"{steps}")]
            : Rules.If((Int128)steps * channels > Rules.MaxValues, path, $"must have at most {Rules.MaxValues} output values",
                $"{channels}×1×{steps}");
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems)
            : new Validated<Shape>.Valid(Shape.Image(channels, 1, (int)steps));
    }

    public static bool IsSequence(Shape shape) => shape.IsImage && shape.Height == 1;

    public static string Window(int kernel, int stride, int padding) =>
        $"{kernel}" + (stride == 1 ? "" : $", stride {stride}") + (padding == 0 ? "" : $", padding {padding}");
}
