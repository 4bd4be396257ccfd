namespace Vae;

/// <summary>Shape inference: the output shape of layers, for any height and width. Nothing is allocated.</summary>
public static class Shapes
{
    /// <summary>The output shape of layers in a row, or every reason why they cannot take this input.</summary>
    public static Validated<Shape> Output(ValueList<Layer> layers, Shape input, string path = "layers")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Layers.Problems(path, layers)];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : Chain(layers, input, path);
    }

    /// <summary>The output shape of one layer, or every reason why it cannot take this input.</summary>
    public static Validated<Shape> Output(Layer layer, Shape input, string path = "layer")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Layers.Problems(path, [layer])];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : layer.Output(input, path);
    }

    // From here on every layer's own numbers are in range; only its input can be wrong.
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
