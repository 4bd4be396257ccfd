namespace Vae.Torch;

/// <summary>The inputs of a recorded step: the batch, the model's tensors, noise, and numbers that change from step to step.</summary>
internal sealed class TracedInputs
{
    private readonly Dictionary<Node, StepSource> sources = [];
    private readonly Dictionary<string, Parameter> parameters;

    public TracedInputs(VaeSpec spec)
    {
        parameters = Parameters.List(spec).ToDictionary(parameter => parameter.Name);
        Recording = new(value => Scheduled((Schedule)value), () => throw new NotRecordedException(
            "does not cover formulas that read the epoch as a number, which changes from step to step"));
    }

    public Graph Graph { get; } = new();

    /// <summary>The values that change from step to step.</summary>
    public Recording<Traced> Recording { get; }

    /// <summary>The origin of an input.</summary>
    public StepSource this[Node input] => sources[input];

    /// <summary>The trained tensors that formulas read directly, and their inputs.</summary>
    public IEnumerable<(string Tensor, Node Input)> Trained =>
        from source in sources
        where source.Value is StepSource.Weight weight && parameters[weight.Name].Trained
        select (((StepSource.Weight)source.Value).Name, source.Key);

    /// <summary>A tensor that the caller passes.</summary>
    public Traced Given(string name, bool isStatic, params int[] dims) => Input(new StepSource.Given(name, isStatic), name, dims);

    /// <summary>A tensor of the model by its name in the layout of the weights.</summary>
    public Traced Weight(string name) => Input(new StepSource.Weight(name), $"weight {name}", [.. parameters[name].Shape.Dims]);

    /// <summary>Noise for rows, [rows, width].</summary>
    public Traced Noise(string name, NoiseUse use, int rows, int width) => width == 0 ? new(Graph.Full(0, rows, 0))
        : Input(new StepSource.Noise(name, use), name, rows, width);

    /// <summary>The trained tensors of a layout that have a name with a prefix.</summary>
    public IEnumerable<string> TrainedUnder(string prefix) => parameters.Values
        .Where(parameter => parameter.Trained && parameter.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(parameter => parameter.Name);

    private Traced Scheduled(Schedule schedule)
    {
        if (schedule is Schedule.Constant constant)
            return new(Graph.Full(constant.Value));
        var known = sources.Values.OfType<StepSource.Scheduled>().FirstOrDefault(source => source.Schedule == schedule);
        var name = known?.Name ?? $"scheduled_{sources.Values.OfType<StepSource.Scheduled>().Count()}";
        return Input(new StepSource.Scheduled(name, schedule), name);
    }

    private Traced Input(StepSource source, string name, params int[] dims)
    {
        var node = Graph.Input(name, dims);
        sources[node] = source;
        return new(node);
    }
}
