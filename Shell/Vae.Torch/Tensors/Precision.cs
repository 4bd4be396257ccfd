namespace Vae.Torch;

/// <summary>How products are computed; weights, gradients and all else are float32.</summary>
public enum Precision
{
    /// <summary>As the run began; float32 for a new one.</summary>
    Auto,
    /// <summary>In float32.</summary>
    Float32,
    /// <summary>Of factors and results rounded to bfloat16, 8 bits of precision: faster where the processor multiplies those.</summary>
    BFloat16,
    /// <summary>Of factors rounded to 11 bits of precision, TensorFloat-32, convolutions too: what NVIDIA GPUs since Ampere are fast at.</summary>
    TensorFloat32,
}
