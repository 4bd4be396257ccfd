using System.CommandLine;
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
        Description = "Examples per step of the program",
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

    private static Objective Objective(string text, VaeSpec spec) =>
        text.Length > 0 ? VaeException.Unwrap(SpecText.Objective(text, Schedules.Constant(1), 1)) : spec.Posterior is Posterior.Point
            ? Objectives.Reconstruction : Objectives.Elbo;

    // The program for tf32 is that for f32; the device rounds.
    private static Precision Precision(string text) =>
        RunText.Precision(text) is not Torch.Precision.TensorFloat32 and var precision ? precision
            : throw new VaeException($"precision: must be f32 or bf16 for a program, got {text}");
}
