namespace Vae;

public abstract partial record Layer
{
    /// <summary>Nearest-neighbour upsampling. [c, h, w] → [c, factor·h, factor·w].</summary>
    /// <param name="Factor">How often each row and column is repeated; ≥ 1.</param>
    public sealed partial record Upsample(int Factor) : Layer
    {
        internal override string Name => $"upsample {Factor}×";

        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.factor", Factor, 1);

        internal override Validated<Shape> Output(Shape input, string path) => Resized(path, input, input.Channels,
            (long)input.Dims[Math.Max(0, input.Dims.Count - 2)] * Factor, (long)input.Dims[^1] * Factor, "upsample");
    }
}

public static partial class Layers
{
    /// <summary>Nearest-neighbour upsampling.</summary>
    /// <param name="factor">How often each row and column is repeated; ≥ 1.</param>
    public static Layer Upsample(int factor) => new Layer.Upsample(factor);
}
