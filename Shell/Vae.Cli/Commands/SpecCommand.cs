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
        var model = new Argument<string>("model")
        {
            Description = $"{string.Join(", ", Zoo.Names)}, or a .json file",
            DefaultValueFactory = _ => "mlp",
        };
        var input = new Option<string>("--input")
        {
            Description = "Shape of one example for a named model, as in 1x28x28 or 10",
            DefaultValueFactory = _ => "1x28x28",
        };
        var latent = new Option<int>("--latent") { Description = "Number of latent dimensions (default: the model's)" };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of model files" };
        var program = new ProgramChoice();
        foreach (Option option in new Option[] { input, latent, schema, Common.Json }.Concat(program.Options))
            command.Add(option);
        command.Add(model);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(schema))
            {
                output.WriteLine(SpecJson.ModelSchema());
                return VaeCommand.Success;
            }
            var name = parsed.GetRequiredValue(model);
            var spec = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                ? ModelFiles.Read(name)
                : VaeException.Unwrap(Zoo.Find(name, Input(parsed.GetRequiredValue(input)), parsed.GetValue(latent)));
            VaeException.ThrowIfAny(Specs.Problems(spec));
            if (program.Wanted(parsed))
                output.Write(program.Text(parsed, spec));
            else if (parsed.GetValue(Common.Json))
                output.WriteLine(SpecJson.Write(spec));
            else
                Printing.Model(output, name, spec);
            return VaeCommand.Success;
        });
        return command;
    }

    private static Shape Input(string text)
    {
        var dims = text.Split('x').Select(part => int.TryParse(part, out var dim) ? dim : 0).ToArray();
        return dims.Length is 1 or 3 && dims.All(dim => dim > 0)
            ? new(ValueList.From(dims))
            : throw new VaeException($"input: must be LENGTH or CHANNELSxHEIGHTxWIDTH, got {text}");
    }
}
