namespace Vae.Torch;

/// <summary>Precision of matrix products; weights, gradients and everything else stay float32.</summary>
public enum Precision
{
    /// <summary>As the run began; float32 for a new run.</summary>
    Auto,
    /// <summary>Float32.</summary>
    Float32,
    /// <summary>Factors and results are rounded to bfloat16, 8 bits of precision: faster on processors that multiply bfloat16.</summary>
    BFloat16,
    /// <summary>
    /// Factors are rounded to TensorFloat-32, 11 bits of precision, in convolutions too: faster on NVIDIA GPUs since Ampere.
    /// </summary>
    TensorFloat32,
}
