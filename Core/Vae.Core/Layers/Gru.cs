namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// A gated recurrent unit over the steps of a sequence. [c, 1, n] → its states, [width, 1, n], or the last of them, [width]. A
    /// step that is not there leaves the state as it is, so that shorter sequences are padded at the end. Cho et al. 2014, section 2.3.
    /// </summary>
    /// <param name="Width">The length of the state; ≥ 1.</param>
    /// <param name="MaskChannels">
    /// How many of the last channels are 1 for an observed value and 0 for a missing one: a step is not there if all of them are 0. With 0
    /// channels, all steps are there.
    /// </param>
    /// <param name="OnlyLast">Whether the output is the last state alone.</param>
    public sealed partial record Gru(int Width, int MaskChannels = 0, bool OnlyLast = false) : Layer
    {
        internal override string Name => $"gru {Width}" + (MaskChannels == 0 ? "" : $", {MaskChannels} mask channels")
            + (OnlyLast ? ", last state" : "");

        internal override ValueList<Problem> Problems(string path) => [
            .. Rules.AtLeast($"{path}.width", Width, 1), .. Rules.AtLeast($"{path}.maskChannels", MaskChannels, 0),
            .. Rules.If(Width > 1 << 14, $"{path}.width", $"must be at most {1 << 14}", Width)];

        internal override Validated<Shape> Output(Shape input, string path) =>
            SequenceRules.Resized(path, input, Width, input.IsImage ? input.Width : 1, "gru") switch
            {
                Validated<Shape>.Valid when MaskChannels > input.Channels =>
                    Refused($"{path}.maskChannels", $"must be at most the channels of its input {input}", MaskChannels),
                Validated<Shape>.Valid when OnlyLast => Valid(Shape.Vector(Width)),
                var states => states,
            };

        internal override ValueList<Parameter> Tensors(Shape input, string name) => [
            .. Weighted($"{name}.input", new(input.Channels, Width), 3 * Width, [3 * Width, input.Channels]),
            .. Weighted($"{name}.state", new(Width, Width), 3 * Width, [3 * Width, Width])];
    }
}

public static partial class Layers
{
    /// <summary>A gated recurrent unit over the steps of a sequence. [c, 1, n] → [width, 1, n], or [width]; Cho et al. 2014.</summary>
    /// <param name="width">The length of the state; ≥ 1.</param>
    /// <param name="maskChannels">How many of the last channels say whether a value is observed; a step without any is skipped.</param>
    /// <param name="onlyLast">Whether the output is the last state alone.</param>
    public static Layer Gru(int width, int maskChannels = 0, bool onlyLast = false) => new Layer.Gru(width, maskChannels, onlyLast);
}
