namespace Vae;

/// <summary>Shape inference for any height and width. No tensor is allocated.</summary>
public static class Shapes
{
    /// <summary>The output shape of a sequence of layers, or all reasons why it does not fit the input.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <param name="input">The shape of one example, without the batch axis.</param>
    /// <param name="path">The path of the layers, for problems.</param>
    public static Validated<Shape> Output(ValueList<Layer> layers, Shape input, string path = "layers")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Layers.Problems(path, layers)];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : Chain(layers, input, path);
    }

    /// <summary>The output shape of one layer, or all reasons why it does not fit the input.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The shape of one example, without the batch axis.</param>
    /// <param name="path">The path of the layer, for problems.</param>
    public static Validated<Shape> Output(Layer layer, Shape input, string path = "layer")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Layers.Problems(path, [layer])];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : layer.Output(input, path);
    }

    // The layers' own numbers have been checked; only the input of each can be wrong.
    internal static Validated<Shape> Chain(ValueList<Layer> layers, Shape input, string path)
    {
        var found = new List<Problem>();
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
        {
            var step = layer.Output(input, $"{path}[{i}]");
            found.AddRange(step.Match(_ => [], problems => problems));
            var after = step.Match(shape => [shape], _ => layer.Intended(input));
            if (after.Count == 0)
                break;
            input = after[0];
        }
        return found.Count == 0 ? new Validated<Shape>.Valid(input) : new Validated<Shape>.Invalid(ValueList.From(found));
    }
}
