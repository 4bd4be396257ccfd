using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class SpecCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("spec",
            "Show a model: its layers with inferred shapes and parameter counts, its JSON, the JSON Schema of model "
                + "files, or the program of its training step.");
        var model = new ModelArgument(command);
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of model files" };
        var program = new ProgramChoice();
        foreach (Option option in new Option[] { schema, Common.Json }.Concat(program.Options))
            command.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(schema))
            {
                output.WriteLine(SpecJson.ModelSchema());
                return VaeCommand.Success;
            }
            var spec = model.Read(parsed);
            VaeException.ThrowIfAny(Specs.Problems(spec));
            if (program.Wanted(parsed))
                output.Write(program.Text(parsed, spec));
            else if (parsed.GetValue(Common.Json))
                output.WriteLine(SpecJson.Write(spec));
            else
                Printing.Model(output, model.Name(parsed), spec, program.Memory(parsed, spec));
            return VaeCommand.Success;
        });
        return command;
    }
}
