namespace Vae.Torch;

/// <summary>A model's passes over recorded tensors, as <c>VaeModel</c> has them over TorchSharp tensors.</summary>
internal sealed class TracedModel
{
    private readonly TracedInputs inputs;
    private readonly TracedNetworks networks;
    private readonly Dictionary<string, (int Place, PartNetwork Network, ValueList<Layer> Layers)> parts;
    private readonly List<(string Name, Node Of, object Made)> memory = [];
    private readonly Shape conditionShape;

    /// <summary>The model of a specification, its tensors among the inputs of a step.</summary>
    /// <param name="spec">The specification.</param>
    /// <param name="inputs">The inputs of the step.</param>
    /// <param name="networks">Runs the networks.</param>
    /// <param name="condition">Conditions, [B, W]; null for a model without one.</param>
    public TracedModel(VaeSpec spec, TracedInputs inputs, TracedNetworks networks, Traced? condition)
    {
        (Spec, this.inputs, this.networks, Condition, conditionShape) = (spec, inputs, networks, condition, Wiring.ConditionShape(spec));
        parts = Wiring.PartNetworks(spec).Select((network, place) => (network, place))
            .ToDictionary(part => part.network.Name, part => (part.place, part.network, Wiring.Layers(part.network)));
    }

    public VaeSpec Spec { get; }

    public Traced? Condition { get; }

    /// <summary>The encoder's output. [B, C, …], [B, W] → [B, P·D].</summary>
    public Traced Encode(Traced x, Traced? condition, bool training = true)
    {
        if (Spec.Latent == 0)
            return new(inputs.Graph.Full(0, x.Dims[0], 0));
        var shown = Spec.Likelihood.Formulas().ForEncoder(x);
        var fed = Wiring.IsFedVector(Spec) && shown.Dims.Length > 2 ? Traced.Reshape(shown, shown.Dims[0], -1) : shown;
        return networks.Run(new("encoder", Wiring.EncoderLayers(Spec), Training: training),
            TracedNetworks.Join(fed, condition, conditionShape), condition);
    }

    /// <summary>The decoder's output for draws of each example. [K·B, D] → [K·B, P·C, …].</summary>
    public Traced Decode(Traced z)
    {
        var condition = Repeated(Condition, z.Dims[0]);
        var input = Spec.Prior.Formulas().ForDecoder(PriorState(1), z);
        return networks.Run(new("decoder", Wiring.DecoderLayers(Spec), Forward.DropoutsPerNetwork),
            TracedNetworks.Join(input, condition, conditionShape), condition);
    }

    /// <summary>−ln p(x|z) of rows, of the values that the condition does not show. [N]; nats.</summary>
    public Traced NegLogLikelihood(Traced decoded, Traced x) => !Conditions.ShowsInput(Spec.Condition)
        ? Likelihoods.NegLogDensity(Spec.Likelihood, decoded, x, LikelihoodState)
        : Likelihoods.NegLogDensityOf(Spec.Likelihood, decoded, x,
            inputs.Given(StepNames.Counted, true, [1, .. Spec.Input.Dims]), LikelihoodState);

    public PartState<Traced> LikelihoodState =>
        new(name => inputs.Weight($"likelihood.{name}"), training: true) { Recording = inputs.Recording };

    /// <summary>The posterior's own tensors and networks, and those of the prior where it goes through them.</summary>
    public PartState<Traced> PosteriorState => State(
        inputs.Weight, name => name.StartsWith($"{PosteriorStates.Prior}.", StringComparison.Ordinal) ? name : $"posterior.{name}");

    /// <summary>The prior's own tensors, and its networks' outputs for the batch, repeated for the samples.</summary>
    public PartState<Traced> PriorState(int samples) => State(name => name switch
    {
        $"prior.{PriorStates.Outputs}" => Repeat(PriorOutputs(), samples),
        // As in evaluation: statistics of a batch are those of data.
        $"prior.{PriorStates.PseudoOutputs}" => Encode(inputs.Weight($"prior.{PriorStates.PseudoInputs}"), null, training: false),
        $"prior.{PriorStates.Codebook}" => inputs.Weight($"posterior.{PriorStates.Codebook}"),
        _ => inputs.Weight(name),
    }, name => $"prior.{name}");

    /// <summary>Rows repeated as a whole. [B, …] → [times · B, …].</summary>
    public static Traced Repeat(Traced x, int times) => new(x.Node.Graph.Repeat(x.Node, times));

    private static Traced? Repeated(Traced? condition, int rows) => condition is { } c ? Repeat(c, rows / c.Dims[0]) : null;

    private Traced PriorOutputs()
    {
        var (condition, shape) = (Condition!.Value, Wiring.PriorInput(Spec));
        var input = shape.IsVector ? condition : Traced.Reshape(condition, [condition.Dims[0], .. shape.Dims]);
        return networks.Run(new("prior", Wiring.PriorLayers(Spec), 2 * Forward.DropoutsPerNetwork), input, condition);
    }

    private PartState<Traced> State(Func<string, Traced> find, Func<string, string> full) => new(
        name => find(full(name)), training: true, epoch: 0, (network, rows, detached) => Run(full(network), rows, detached), Once)
    {
        Recording = inputs.Recording,
    };

    private Traced Run(string name, Traced rows, bool detached)
    {
        var (place, network, layers) = parts[name];
        return networks.Run(new(name, layers, Part: place, IsConstant: detached),
            Traced.Reshape(rows, [rows.Dims[0], .. network.Input.Dims]), Repeated(Condition, rows.Dims[0]));
    }

    private object Once(string name, Traced of, Func<object> make)
    {
        foreach (var (other, node, found) in memory)
            if (other == name && node == of.Node)
                return found;
        var made = make();
        memory.Add((name, of.Node, made));
        return made;
    }
}
