using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>The condition of a batch, to be concatenated to the inputs of networks.</summary>
internal sealed class Conditioning
{
    private readonly Shape shape;
    private readonly Tensor? rows;

    /// <summary>The condition of <paramref name="count"/> examples: [B, W], or images if c is an image.</summary>
    /// <exception cref="VaeException">The condition is absent or has another shape.</exception>
    public Conditioning(VaeSpec spec, Tensor? given, long count)
    {
        shape = Wiring.ConditionShape(spec);
        if (shape.Size == 0)
            return;
        rows = given is null || given.dim() < 2 ? given : given.flatten(1);
        if (rows is null || rows.dim() != 2 || rows.shape[0] != count || rows.shape[1] != shape.Size)
            throw new VaeException(
                $"condition: must be [{count}, {shape.Size}], got {(given is null ? "none" : $"[{string.Join(", ", given.shape)}]")}");
    }

    /// <summary>The condition itself, [B, W] or [B, C, H, W].</summary>
    public Tensor Alone(bool asVector) =>
        rows is null ? throw new VaeException("condition: must be part of the model, got a model without one")
        : asVector || shape.IsVector ? rows : rows.view(-1, shape.Channels, shape.Height, shape.Width);

    /// <summary>
    /// Concatenates c to x: to a vector as values, to an image as channels. An image c is averaged over blocks down to the size of
    /// x.
    /// </summary>
    public Tensor Join(Tensor x)
    {
        if (rows is null)
            return x;
        if (x.dim() == 2)
            return cat([x, rows], 1);
        if (shape.IsVector)
            return cat([x, rows.view(x.shape[0], -1, 1, 1).expand(-1, -1, x.shape[2], x.shape[3])], 1);
        long[] block = [shape.Height / x.shape[2], shape.Width / x.shape[3]];
        var image = Alone(asVector: false);
        return cat([x, block is [1, 1] ? image : F.avg_pool2d(image, block)], 1);
    }
}
