namespace Vae.Torch;

/// <summary>Layers in words, as in a table of a model.</summary>
public static class LayerNames
{
    /// <summary>as in <c>conv2d 32, 4×4, stride 2, padding 1</c>.</summary>
    public static string Of(Layer layer) => layer.Match(
        linear: l => $"linear {l.Width}",
        conv2d: c => $"conv2d {c.Channels}, {Window(c.Kernel, c.Stride, c.Padding)}",
        convTranspose2d: c => $"convTranspose2d {c.Channels}, {Window(c.Kernel, c.Stride, c.Padding)}",
        activate: a => Of(a.Function),
        batchNorm: _ => "batchNorm",
        groupNorm: g => $"groupNorm, {g.Groups} groups",
        layerNorm: _ => "layerNorm",
        dropout: d => FormattableString.Invariant($"dropout {d.Rate:0.###}"),
        flatten: _ => "flatten",
        reshape: r => $"reshape {r.To}",
        upsample: u => $"upsample {u.Factor}×",
        residual: r => $"residual ({string.Join(" → ", r.Body.Select(Of))})",
        appendCondition: a => $"append condition {a.Width}",
        custom: c => c.Definition.Name);

    private static string Of(Activation activation) => activation.Match(
        relu: _ => "ReLU",
        leakyRelu: l => FormattableString.Invariant($"leaky ReLU {l.Slope:0.###}"),
        elu: e => FormattableString.Invariant($"ELU {e.Alpha:0.###}"),
        gelu: _ => "GELU",
        silu: _ => "SiLU",
        tanh: _ => "tanh",
        sigmoid: _ => "sigmoid",
        softplus: _ => "softplus");

    private static string Window(int kernel, int stride, int padding) =>
        $"{kernel}×{kernel}" + (stride == 1 ? "" : $", stride {stride}") + (padding == 0 ? "" : $", padding {padding}");
}
