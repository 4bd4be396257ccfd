using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Which training step to print as a program.</summary>
internal sealed class ProgramChoice
{
    private readonly Option<bool> program = new("--program") { Description = "Print the compiled training step: TorchScript over static buffers, forward, hand-derived backward, optimizer" };
    private readonly Option<string> objective = new("--objective") { Description = "Of the program: elbo, or iwae:SAMPLES", DefaultValueFactory = _ => "elbo" };
    private readonly Option<int> batch = new("--batch") { Description = "Of the program: examples a step", DefaultValueFactory = _ => Recipes.Batch };
    private readonly Option<string> precision = new("--precision") { Description = "Of the program: f32 or bf16", DefaultValueFactory = _ => "f32" };

    public Option[] Options => [program, objective, batch, precision];

    public bool Wanted(ParseResult parsed) => parsed.GetValue(program);

    public string Text(ParseResult parsed, VaeSpec spec) => StepPrograms.Text(
        spec, ObjectiveText.Parse(parsed.GetRequiredValue(objective), Schedules.Constant(1), 1), parsed.GetValue(batch),
        precision: SpecText.Precision(parsed.GetRequiredValue(precision)));
}
