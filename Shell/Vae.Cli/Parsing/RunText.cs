using Vae.Torch;

namespace Vae.Cli;

/// <summary>Parses run options of the command line; options of specs are parsed by <see cref="SpecText"/>.</summary>
internal static class RunText
{
    /// <summary>Whether the numbers of a file are raw values, not intensities.</summary>
    public static bool IsRaw(string text) => text switch
    {
        // An older spelling of raw.
        "raw" or "given" => true,
        "intensities" => false,
        _ => throw Bad("values", "raw or intensities", text),
    };

    public static StepRoute Route(string text) => text switch
    {
        "auto" => StepRoute.Auto,
        "compiled" => StepRoute.Compiled,
        "autograd" => StepRoute.Autograd,
        _ => throw Bad("step", "auto, compiled or autograd", text),
    };

    public static Precision Precision(string text) => text switch
    {
        "" => Torch.Precision.Auto,
        "f32" => Torch.Precision.Float32,
        "bf16" => Torch.Precision.BFloat16,
        "tf32" => Torch.Precision.TensorFloat32,
        _ => throw Bad("precision", "f32, bf16 or tf32", text),
    };

    private static VaeException Bad(string path, string rule, string got) => new($"{path}: must be {rule}, got {got}");
}
