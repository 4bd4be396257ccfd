namespace Vae;

/// <summary>The last layer of a network. Its width follows from what it must parameterize, so likelihoods and posteriors are exchanged freely.</summary>
[Closed]
public abstract partial record Head
{
    /// <summary>Flatten, then linear.</summary>
    public sealed partial record Dense : Head;

    /// <summary>A convolution to the needed channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed partial record Conv2d(int Kernel, int Stride = 1, int Padding = 0) : Head;

    /// <summary>A transposed convolution to the needed channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">≥ 1.</param>
    /// <param name="Padding">Cut from each side; ≥ 0.</param>
    /// <param name="ExtraRows">Rows added at the bottom, less than the stride.</param>
    /// <param name="ExtraColumns">Columns added at the right, less than the stride.</param>
    public sealed partial record ConvTranspose2d(int Kernel, int Stride = 1, int Padding = 0, int ExtraRows = 0, int ExtraColumns = 0) : Head;
}
