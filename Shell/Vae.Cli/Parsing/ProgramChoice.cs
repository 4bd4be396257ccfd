using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options for printing a training step as a program.</summary>
internal sealed class ProgramChoice
{
    private readonly Option<bool> program = new("--program")
    {
        Description = "Print the compiled training step as TorchScript: forward, backward and optimizer",
    };
    private readonly Option<string> objective = new("--objective")
    {
        Description = "Objective of the program (default: elbo, or reconstruction for autoencoders)",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<int> batch = new("--batch", "-b")
    {
        Description = "Examples per step, of the program and of the memory that a step takes",
        DefaultValueFactory = _ => TrainRecipes.Batch,
    };
    private readonly Option<string> precision = new("--precision")
    {
        Description = "Precision of the program's matrix products: f32 or bf16",
        DefaultValueFactory = _ => "f32",
    };

    public Option[] Options => [program, objective, batch, precision];

    public bool Wanted(ParseResult parsed) => parsed.GetValue(program);

    public string Text(ParseResult parsed, VaeSpec spec) => StepPrograms.Text(
        spec, Objective(parsed.GetRequiredValue(objective), spec), parsed.GetValue(batch),
            precision: Precision(parsed.GetRequiredValue(precision)));

    /// <summary>What a step takes, in words.</summary>
    public string Memory(ParseResult parsed, VaeSpec spec)
    {
        var examples = parsed.GetValue(batch);
        var memory = StepPrograms.Memory(spec, Objective(parsed.GetRequiredValue(objective), spec), examples);
        return string.Create(CultureInfo.InvariantCulture, $"a step of {examples:N0} examples: {Mebibytes(memory.State)} of weights, ")
            + "their average, gradient and optimizer, "
            + (memory.Activations is { } bytes ? $"about {Mebibytes(bytes)} of activations" : "activations by autograd");
    }

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:#,0.0} MiB");

    private static Objective Objective(string text, VaeSpec spec) =>
        text.Length > 0 ? VaeException.Unwrap(SpecText.Objective(text, Schedules.Constant(1), 1)) : spec.Posterior is Posterior.Point
            ? Objectives.Reconstruction : Objectives.Elbo;

    // The program for tf32 is that for f32; the device rounds.
    private static Precision Precision(string text) =>
        RunText.Precision(text) is not Torch.Precision.TensorFloat32 and var precision ? precision
            : throw new VaeException($"precision: must be f32 or bf16 for a program, got {text}");
}
