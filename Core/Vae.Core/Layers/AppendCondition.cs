namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// Concatenates the condition c once more, besides the network's start: appended to a vector, or to an image as further channels.
    /// </summary>
    /// <param name="Width">
    /// What it adds: the length of c to a vector; to an image a channel for each value of a vector c, or the channels of an image c,
    /// which is averaged over blocks down to the image's size.
    /// </param>
    public sealed partial record ConcatenateCondition(int Width) : Layer
    {
        internal override string Name => $"append condition {Width}";

        internal override ValueList<Problem> Problems(string path) => Rules.Size($"{path}.width", Width);

        internal override Validated<Shape> Output(Shape input, string path) =>
            ((Int128)Width + input.Channels) * (input.Size / input.Channels) > Rules.MaxValues
                ? Refused(path, $"must give at most {Rules.MaxValues} values", $"{Width} more beside {input}")
                : Valid(input.WithChannels(Width + input.Channels));
    }
}

public static partial class Layers
{
    /// <summary>Concatenates the condition once more, of this width here.</summary>
    public static Layer ConcatenateCondition(int width) => new Layer.ConcatenateCondition(width);
}
