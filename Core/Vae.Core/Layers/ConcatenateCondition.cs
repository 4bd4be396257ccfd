namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// Concatenates the condition c again, in addition to the start of the network: as further values of a vector or as further channels
    /// of an image.
    /// </summary>
    /// <param name="Width">
    /// Number of values or channels to add; ≥ 1. For a vector it is the length of c. For an image it is the length of a vector c, one
    /// channel for each value, or the number of channels of an image c, which is averaged over blocks down to the size of the input.
    /// </param>
    public sealed partial record ConcatenateCondition(int Width) : Layer
    {
        internal override string Name => $"concatenate condition {Width}";

        internal override ValueList<Problem> Problems(string path) => Rules.Size($"{path}.width", Width);

        internal override Validated<Shape> Output(Shape input, string path) =>
            ((Int128)Width + input.Channels) * (input.Size / input.Channels) > Rules.MaxValues
                ? Refused(path, $"must have at most {Rules.MaxValues} output values", $"{Width} more beside {input}")
                : Valid(input.WithChannels(Width + input.Channels));
    }
}

public static partial class Layers
{
    /// <summary>Concatenates the condition again.</summary>
    /// <param name="width">Number of values or channels to add; ≥ 1.</param>
    public static Layer ConcatenateCondition(int width) => new Layer.ConcatenateCondition(width);
}
