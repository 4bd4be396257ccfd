using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The argument of commands about a model that no run has trained.</summary>
internal sealed class ModelArgument
{
    private readonly Argument<string> model = new("model")
    {
        Description = $"{string.Join(", ", Zoo.Names)}, or a .json file",
        DefaultValueFactory = _ => "mlp",
    };
    private readonly Option<string> input = new("--input")
    {
        Description = "Shape of one example for a named model, as in 1x28x28 or 10",
        DefaultValueFactory = _ => "1x28x28",
    };
    private readonly Option<int> latent = new("--latent") { Description = "Number of latent dimensions (default: the model's)" };

    public ModelArgument(Command command)
    {
        command.Add(input);
        command.Add(latent);
        command.Add(model);
    }

    /// <summary>The model's name or file.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(model);

    /// <summary>The model, perhaps with problems.</summary>
    /// <exception cref="VaeException">There is no such model, or the file cannot be read.</exception>
    public VaeSpec Read(ParseResult parsed) => Name(parsed).EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        ? ModelFiles.Read(Name(parsed))
        : VaeException.Unwrap(Zoo.Find(Name(parsed), Input(parsed.GetRequiredValue(input)), parsed.GetValue(latent)));

    private static Shape Input(string text)
    {
        var dims = text.Split('x').Select(part => int.TryParse(part, out var dim) ? dim : 0).ToArray();
        return dims.Length is 1 or 3 && dims.All(dim => dim > 0)
            ? new(ValueList.From(dims))
            : throw new VaeException($"input: must be LENGTH or CHANNELSxHEIGHTxWIDTH, got {text}");
    }
}
