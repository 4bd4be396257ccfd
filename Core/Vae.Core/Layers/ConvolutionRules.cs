namespace Vae;

/// <summary>The rules for the numbers of a convolution, and their text in its name.</summary>
internal static class ConvolutionRules
{
    public static ValueList<Problem> Numbers(string path, int channels, int kernel, int stride, int padding) =>
        [.. Rules.AtLeast($"{path}.channels", channels, 1), .. Rules.AtLeast($"{path}.kernel", kernel, 1),
         .. Rules.AtLeast($"{path}.stride", stride, 1), .. Rules.AtLeast($"{path}.padding", padding, 0)];

    public static ValueList<Problem> OutputPadding(string path, int rows, int columns, int stride) =>
        [.. Rules.Within($"{path}.outputPaddingRows", rows, 0, Math.Max(stride, 1), closedHigh: false),
         .. Rules.Within($"{path}.outputPaddingColumns", columns, 0, Math.Max(stride, 1), closedHigh: false)];

    public static string Window(int kernel, int stride, int padding) =>
        $"{kernel}×{kernel}" + (stride == 1 ? "" : $", stride {stride}") + (padding == 0 ? "" : $", padding {padding}");
}
