namespace Vae.Torch;

/// <summary>
/// Writes a sequence of layers, and their adjoints in reverse order. Without training, dropout drops nothing and running
/// statistics do not change.
/// </summary>
internal sealed class NetworkStages(ProgramWriter to, bool training = true)
{
    private int dropouts;
    private int part = -1;
    private ConditionInput? given;
    private bool training = training;

    /// <summary>The names of the layers on sequences in the networks of a model.</summary>
    public static IEnumerable<string> SequenceLayers(VaeSpec spec) => Networks(spec).SelectMany(Flat)
        .Where(layer => layer is Vae.Layer.Conv1d or Vae.Layer.ConvTranspose1d or Vae.Layer.Gru or Vae.Layer.Sequence)
        .Select(Layers.Name);

    /// <summary>The names of the layers of an application in the networks of a model.</summary>
    public static IEnumerable<string> CustomLayers(VaeSpec spec) => Networks(spec).SelectMany(Flat).OfType<Layer.Custom>()
        .Select(layer => layer.Definition.Name).Distinct();

    /// <summary>Whether a network of the model normalizes by statistics of the batch.</summary>
    public static bool NormalizesBatches(VaeSpec spec) => Networks(spec).SelectMany(Flat).Any(layer => layer is Layer.BatchNorm);

    /// <summary>Whether a layer, at any depth, concatenates the condition.</summary>
    public static bool JoinsCondition(ValueList<Layer> layers) => Has(layers, layer => layer is Layer.ConcatenateCondition);

    /// <summary>Whether a layer, at any depth, is one of an application.</summary>
    public static bool HasCustom(ValueList<Layer> layers) => Has(layers, layer => layer is Layer.Custom);

    private static bool Has(ValueList<Layer> layers, Func<Layer, bool> wanted) =>
        Flat(layers).Any(wanted);

    private static IEnumerable<Layer> Flat(ValueList<Layer> layers) =>
        layers.SelectMany(layer => layer is Layer.Residual residual ? Flat(residual.Body).Prepend(layer) : [layer]);

    private static IEnumerable<ValueList<Layer>> Networks(VaeSpec spec) => [
        Wiring.EncoderLayers(spec), Wiring.DecoderLayers(spec), Wiring.PriorLayers(spec), .. Wiring.PartNetworks(spec).Select(Wiring.Layers)];

    /// <summary>
    /// Writes the encoder, the decoder or the prior; the condition that its layers may concatenate has as many rows as x.
    /// </summary>
    public Stage Network(ValueList<Layer> layers, string name, ProgramTensor x, ConditionInput? condition = null)
    {
        dropouts = name switch { "encoder" => 0, "decoder" => Forward.DropoutsPerNetwork, _ => 2 * Forward.DropoutsPerNetwork };
        given = condition;
        return Chain(layers, name, x);
    }

    /// <summary>Writes some layers of a network; the condition that they may concatenate has as many rows as x.</summary>
    public Stage Use(NetworkUse use, ProgramTensor x, ConditionInput? condition)
    {
        (given, training, part, dropouts) = (condition, use.Training, use.Dropouts.Part, use.Dropouts.First);
        return Chain(use.Layers, use.Name, x, use.First);
    }

    private NoiseUse NextDropout() =>
        part < 0 ? new(Purpose.Dropout, dropouts++) : new(Purpose.PartDropout, dropouts++, part);

    private Stage Chain(ValueList<Layer> layers, string name, ProgramTensor x, int first = 0)
    {
        var stages = new Stack<Stage>();
        for (var i = 0; i < layers.Count; i++)
        {
            var stage = Layer(layers[i], $"{name}.{first + i}", x);
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
        gatedLinear: g => Gated(g, name, x),
        conv2d: c => ConvolutionStages.Conv2d(to, name, c, x),
        convTranspose2d: c => ConvolutionStages.ConvTranspose2d(to, name, c, x),
        conv1d: _ => throw ProgramWriter.NotCovered(),
        convTranspose1d: _ => throw ProgramWriter.NotCovered(),
        gru: _ => throw ProgramWriter.NotCovered(),
        sequence: _ => throw ProgramWriter.NotCovered(),
        activate: a => ActivationStages.Activate(to, name, a.Function, x),
        batchNorm: b => NormalizationStages.BatchNorm(to, name, b, x, training && x.Rows * x.Shape.Size / x.Shape.Channels > 1),
        groupNorm: g => NormalizationStages.GroupNorm(to, name, g, x),
        layerNorm: l => NormalizationStages.LayerNorm(to, name, l, x),
        dropout: d => d.Rate == 0 || !training ? ShapeStages.Same(x) : ShapeStages.Dropout(to, name, d.Rate, x, NextDropout()),
        flatten: _ => ShapeStages.Reshape(to, name, Shape.Vector((int)x.Shape.Size), x),
        reshape: r => ShapeStages.Reshape(to, name, r.To, x),
        upsample: u => ShapeStages.Upsample(to, name, u.Factor, x),
        residual: r => Residual(r.Body, name, x),
        concatenateCondition: _ => ConditionStages.Join(to, ProgramWriter.Identifier(name), x, given!),
        custom: _ => throw ProgramWriter.NotCovered());

    /// <summary>y = a·s with s = σ(b); ∂a = ∂y·s, ∂b = ∂y·a·s·(1 − s).</summary>
    private Stage Gated(Layer.GatedLinear layer, string name, ProgramTensor x)
    {
        var (id, width, both) = (ProgramWriter.Identifier(name), layer.Width, DenseStages.Linear(to, name, new(2 * layer.Width), x));
        ProgramTensor a = to.Columns(both.Output, $"{id}_a", 0, width), b = to.Columns(both.Output, $"{id}_b", width, width);
        ProgramTensor gate = to.Buffer($"{id}_gate", x.Rows, b.Shape), y = to.Buffer($"{id}_gated", x.Rows, b.Shape);
        to.Line($"torch.sigmoid({b.Name}, out={gate.Name})");
        to.Line($"torch.mul({a.Name}, {gate.Name}, out={y.Name})");
        return new(y, dy =>
        {
            var halves = to.Buffer($"d_{id}", x.Rows, both.Output.Shape);
            ProgramTensor da = to.Columns(halves, $"d_{id}_a", 0, width), db = to.Columns(halves, $"d_{id}_b", width, width);
            to.Line($"torch.mul({dy.Name}, {gate.Name}, out={da.Name})");
            to.Line($"torch.sigmoid_backward(torch.mul({dy.Name}, {a.Name}, out={db.Name}), {gate.Name}, grad_input={db.Name})");
            return both.Adjoint(halves);
        });
    }

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
