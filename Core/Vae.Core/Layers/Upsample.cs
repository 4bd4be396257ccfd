namespace Vae;

public abstract partial record Layer
{
    /// <summary>[c, h, w] → [c, factor·h, factor·w], each value repeated.</summary>
    /// <param name="Factor">≥ 1.</param>
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
    /// <summary>Each value repeated factor × factor times.</summary>
    public static Layer Upsample(int factor) => new Layer.Upsample(factor);
}
