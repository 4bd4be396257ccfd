namespace Vae;

public abstract partial record Layer
{
    /// <summary>Group normalization: normalizes each example over groups of channels; Wu &amp; He 2018.</summary>
    /// <param name="Groups">Number of groups, which divides the number of channels; ≥ 1.</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record GroupNorm(int Groups, double Epsilon = 1e-5) : Layer
    {
        internal override string Name => $"groupNorm, {Groups} groups";

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.groups", Groups, 1), .. Rules.Positive($"{path}.epsilon", Epsilon)];

        internal override Validated<Shape> Output(Shape input, string path) =>
            input.Channels % Groups != 0 ? Refused($"{path}.groups", $"must divide the {input.Channels} channels", Groups)
            : Spread(path, input, input.Size / Groups, "a group");

        internal override ValueList<Shape> Intended(Shape input) => [input];

        internal override ValueList<Parameter> Tensors(Shape input, string name) => Affine(name, Shape.Vector(input.Channels));
    }
}

public static partial class Layers
{
    /// <summary>Group normalization: normalizes each example over groups of channels.</summary>
    /// <param name="groups">Number of groups, which divides the number of channels; ≥ 1.</param>
    /// <param name="epsilon">Added to the variance; &gt; 0.</param>
    public static Layer GroupNorm(int groups, double epsilon = 1e-5) => new Layer.GroupNorm(groups, epsilon);
}
