namespace Vae.Torch;

/// <summary>
/// Writes a sequence of layers, and their adjoints in reverse order. Without training, dropout drops nothing and running
/// statistics do not change.
/// </summary>
internal sealed class NetworkStages(ProgramWriter to, bool training = true)
{
    private int dropouts;
    private ConditionInput? given;

    /// <summary>Why the networks of a model cannot be compiled; empty if they can.</summary>
    public static string Refusal(VaeSpec spec) =>
        new[] { Wiring.EncoderLayers(spec), Wiring.DecoderLayers(spec), Wiring.PriorLayers(spec) }.Any(HasCustom)
            ? "covers this library's layers only, got a custom layer" : "";

    /// <summary>Whether a layer, at any depth, concatenates the condition.</summary>
    public static bool JoinsCondition(ValueList<Layer> layers) =>
        layers.Any(layer => layer is Layer.ConcatenateCondition || layer is Layer.Residual residual && JoinsCondition(residual.Body));

    private static bool HasCustom(ValueList<Layer> layers) =>
        layers.Any(layer => layer is Layer.Custom || layer is Layer.Residual residual && HasCustom(residual.Body));

    /// <summary>
    /// Writes the encoder, the decoder or the prior; the condition that its layers may concatenate has as many rows as x.
    /// </summary>
    public Stage Network(ValueList<Layer> layers, string name, ProgramTensor x, ConditionInput? condition = null)
    {
        dropouts = name switch { "encoder" => 0, "decoder" => Forward.DropoutsPerNetwork, _ => 2 * Forward.DropoutsPerNetwork };
        given = condition;
        return Chain(layers, name, x);
    }

    private Stage Chain(ValueList<Layer> layers, string name, ProgramTensor x)
    {
        var stages = new Stack<Stage>();
        for (var i = 0; i < layers.Count; i++)
        {
            var stage = Layer(layers[i], $"{name}.{i}", x);
            stages.Push(stage);
            x = stage.Output;
        }
        return new(x, dy => stages.Aggregate<Stage, ProgramTensor?>(dy, (dy, stage) => dy is null ? null : stage.Adjoint(dy)));
    }

    private Stage Layer(Layer layer, string name, ProgramTensor x)
    {
        var given = Shapes.Output(layer, x.Shape).Match(shape => $"{shape}", _ => "?");
        to.Comment($"{name}: {Layers.Name(layer)}, {x.Shape} → {given}");
        var (output, adjoint) = Written(layer, name, x);
        return new(output, dy =>
        {
            to.Comment($"{name}, backward");
            return adjoint(dy);
        });
    }

    private Stage Written(Layer layer, string name, ProgramTensor x) => layer.Match(
        linear: l => DenseStages.Linear(to, name, l, x),
        conv2d: c => ConvolutionStages.Conv2d(to, name, c, x),
        convTranspose2d: c => ConvolutionStages.ConvTranspose2d(to, name, c, x),
        activate: a => ActivationStages.Activate(to, name, a.Function, x),
        batchNorm: b => NormalizationStages.BatchNorm(to, name, b, x, training && x.Rows * x.Shape.Size / x.Shape.Channels > 1),
        groupNorm: g => NormalizationStages.GroupNorm(to, name, g, x),
        layerNorm: l => NormalizationStages.LayerNorm(to, name, l, x),
        dropout: d => d.Rate == 0 || !training ? ShapeStages.Same(x) : ShapeStages.Dropout(to, name, d.Rate, x, dropouts++),
        flatten: _ => ShapeStages.Reshape(to, name, Shape.Vector((int)x.Shape.Size), x),
        reshape: r => ShapeStages.Reshape(to, name, r.To, x),
        upsample: u => ShapeStages.Upsample(to, name, u.Factor, x),
        residual: r => Residual(r.Body, name, x),
        concatenateCondition: _ => ConditionStages.Join(to, ProgramWriter.Identifier(name), x, given!),
        custom: _ => throw ProgramWriter.NotCovered());

    /// <summary>y = x + body(x); ∂x = ∂y + (∂body/∂x)ᵀ ∂y.</summary>
    private Stage Residual(ValueList<Layer> body, string name, ProgramTensor x)
    {
        var id = ProgramWriter.Identifier(name);
        var inner = Chain(body, $"{name}.body", x with { IsOwned = false });
        to.Comment($"{name}: x + body(x)");
        var y = to.Target(inner.Output, id);
        to.Line($"torch.add({x.Name}, {inner.Output.Name}, out={y.Name})");
        return new(y with { NeedsGradient = x.NeedsGradient || inner.Output.NeedsGradient }, dy =>
        {
            var through = inner.Adjoint(dy with { IsOwned = false });
            if (through is null)
                return null;
            to.Comment($"{name}, backward: sum of both branches");
            var dx = to.Target(through, $"d_{id}_input");
            to.Line($"torch.add({dy.Name}, {through.Name}, out={dx.Name})");
            return dx;
        });
    }
}
