namespace Vae;

/// <summary>
/// Evaluates custom components on arrays of constants, so that what would break a run, such as a formula that throws or returns a
/// wrong shape, is found before it starts.
/// </summary>
internal static class PartTrials
{
    // A size that models rarely have, so that no other axis is mistaken for the batch.
    internal const int Batch = 7;

    // Above this an evaluation takes too long for validation; training reports the error instead.
    private const int MaxValues = 1 << 22;

    /// <summary>The problems of the tensors, networks and sizes that a model's custom components declare.</summary>
    public static ValueList<Problem> Declared(VaeSpec spec, string path) => [
        .. spec.Posterior is Posterior.Custom { Definition: var q } ? Declared(
            $"{path}.posterior", q, () => q.Problems(spec.Latent, path), () => Declared(q, spec.Latent, $"{path}.posterior")) : [],
        .. spec.Prior is Prior.Custom { Definition: var p } ? Declared($"{path}.prior", p, () => p.Problems(spec.Latent, path), () => [
            .. Noise($"{path}.prior", p.Noise(spec.Latent)),
            .. Learned($"{path}.prior", p.Learned(spec.Latent, spec.Input),
                name => name is PriorStates.Outputs or PriorStates.PseudoOutputs)]) : [],
        .. spec.Likelihood is Likelihood.Custom { Definition: var l } ? Declared(
            $"{path}.likelihood", l, () => l.Problems(spec.Input, path), () => [
                .. Rules.Shape($"{path}.likelihood.outputs", l.Outputs(spec.Input)),
                .. Learned($"{path}.likelihood", l.Learned(spec.Input))]) : []];

    private static ValueList<Problem> Declared(IPosterior posterior, int latent, string path) => [
        .. Rules.Size($"{path}.outputs", (int)Math.Clamp(posterior.Outputs(latent), int.MinValue, int.MaxValue)),
        .. Noise(path, posterior.Noise(latent)),
        .. Learned(path, posterior.Learned(latent), name => name.StartsWith($"{PosteriorStates.Prior}.", StringComparison.Ordinal)),
        .. Rules.If(posterior.Support is null, $"{path}.support", "must not be null", "null")];

    /// <summary>The problems of the formulas of a model's custom components; for a model without other problems.</summary>
    public static ValueList<Problem> Formulas(VaeSpec spec, string path) => [
        .. spec.Posterior is Posterior.Custom { Definition: var q } ? First(PosteriorTrials.Run(q, spec, $"{path}.posterior")) : [],
        .. spec.Prior is Prior.Custom { Definition: var p } ? First(Prior(p, spec, $"{path}.prior")) : [],
        .. spec.Likelihood is Likelihood.Custom { Definition: var l } ? First(Likelihood(l, spec.Input, $"{path}.likelihood")) : []];

    /// <summary>The problems of custom layers in sequences of layers whose shapes fit.</summary>
    public static ValueList<Problem> Layers(ValueList<(ValueList<Layer> Layers, Shape Input, string Path)> networks) => [
        .. networks.SelectMany(network => Row(network.Layers, network.Input, network.Path)),
        .. from named in networks.SelectMany(network => Vae.Layers.All(network.Layers))
               .OfType<Layer.Custom>().Select(layer => layer.Definition).GroupBy(layer => layer.Name)
           where named.DistinctBy(layer => layer.GetType()).Count() > 1
           select new Problem(networks[0].Path, "must have custom layers of different names",
               $"'{named.Key}' for {string.Join(" and ", named.Select(layer => layer.GetType().Name).Distinct())}")];

    /// <summary>The problem of a formula that throws or returns other dimensions; none if it returns null.</summary>
    internal static ValueList<Problem> Gives(string path, string what, Func<NdArray?> formula, params int[] dims)
    {
        var rule = $"must give {what} as [{string.Join(", ", dims)}] for a batch of {Batch}";
        try
        {
            return formula() is { } value && !value.Dims.SequenceEqual(dims) ? [new(path, rule, $"[{string.Join(", ", value.Dims)}]")] : [];
        }
        catch (Exception e)
        {
            return [new(path, rule, $"{e.GetType().Name}: {e.Message}")];
        }
    }

    /// <summary>The problems of new values of untrained tensors, each of which must keep its dimensions.</summary>
    internal static ValueList<Problem> Updates(
        string path, ValueList<Parameter> learned, Func<IReadOnlyDictionary<string, NdArray>> formula) =>
        Rules.Run(path, () => ValueList.From(
        from pair in formula()
        let own = learned.FirstOrDefault(parameter => parameter.Name == pair.Key && !parameter.Trained)
        from problem in own is null
            ? [new Problem(path, "must give new values only to its own untrained tensors", $"'{pair.Key}'")]
            : Gives(path, $"new values of {pair.Key}", () => pair.Value, [.. own.Shape.Dims])
        select problem));

    internal static NdArray Rows(Shape shape) => NdArray.Full(0.5, [Batch, .. shape.Dims]);

    internal static NdArray Rows(long length) => Rows(Shape.Vector((int)length));

    internal static int[] BatchDims(Shape shape) => [Batch, .. shape.Dims];

    internal static int[] BatchDims(params int[] dims) => [Batch, .. dims];

    internal static PartState<NdArray> State(
        ValueList<Parameter> learned, string given = "", NdArray value = default, ValueList<PartNetwork>? networks = null) => new(
        name => name == given ? value
            : learned.FirstOrDefault(parameter => parameter.Name == name) is { } own ? NdArray.Full(own.Initial.Centre, [.. own.Shape.Dims])
            : throw new InvalidOperationException($"asked for the tensor '{name}', which is not among its own "
                + $"({string.Join(", ", learned.Select(parameter => parameter.Name))})"),
        training: true,
        run: (name, rows, _) => networks?.FirstOrDefault(network => network.Name == name) is { } own
            ? NdArray.Full(0.5, [rows.Dims[0], .. own.Output.Dims])
            : throw new InvalidOperationException($"asked for the network '{name}', which is not among its own"));

    internal static bool IsSmall(ValueList<Parameter> learned, params long[] sizes) =>
        learned.Sum(parameter => parameter.Shape.Size) <= MaxValues && sizes.All(size => size * Batch <= MaxValues);

    private static ValueList<Problem> First(IEnumerable<ValueList<Problem>> trials) =>
        trials.FirstOrDefault(problems => problems.Count > 0) ?? [];

    // Tensors and sizes follow from a component's settings: problems of the settings are reported elsewhere, and then alone.
    internal static ValueList<Problem> Declared<TPart>(
        string path, TPart part, Func<ValueList<Problem>> own, Func<ValueList<Problem>> facts)
        where TPart : class, IPart<TPart> =>
        Rules.Part(path, part) is { Count: > 0 } problems ? problems : Rules.Run(path, () => own().Count > 0 ? [] : facts());

    private static ValueList<Problem> Noise(string path, int noise) => Rules.AtLeast($"{path}.noise", noise, 0);

    private static ValueList<Problem> Learned(string path, ValueList<Parameter> learned, Func<string, bool>? isTaken = null) => [
        .. learned.GroupBy(parameter => parameter.Name).SelectMany(named => Rules.If(
            string.IsNullOrWhiteSpace(named.Key) || named.Count() > 1 || isTaken?.Invoke(named.Key) == true, path,
            "must give each of its tensors a name that no other has", $"'{named.Key}'")),
        .. learned.SelectMany(parameter => Rules.If(
            parameter.Shape.Dims.Count == 0 || parameter.Shape.Dims.Any(dim => dim < 1) || parameter.Shape.Size > Rules.MaxValues,
            $"{path}.{parameter.Name}", $"must have dimensions of at least 1 and at most {Rules.MaxValues} values", parameter.Shape)),
        .. learned.SelectMany(parameter => Rules.Finite($"{path}.{parameter.Name}", parameter.Initial.Bound + parameter.Initial.Centre))];

    private static IEnumerable<ValueList<Problem>> Likelihood(ILikelihood likelihood, Shape input, string path)
    {
        var learned = likelihood.Learned(input);
        if (!IsSmall(learned, input.Size, likelihood.Outputs(input).Size))
            yield break;
        var (state, outputs, x) = (State(learned), Rows(likelihood.Outputs(input)), Rows(input));
        yield return Gives(path, "−ln p of each value", () => likelihood.NegLogDensityPerValue(state, outputs, x), BatchDims(input));
        yield return Gives(path, "the mean", () => likelihood.Mean(state, outputs), BatchDims(input));
        yield return Updates(path, learned, () => likelihood.Updated(state, outputs, x));
    }

    private static IEnumerable<ValueList<Problem>> Prior(IPrior prior, VaeSpec spec, string path)
    {
        var learned = prior.Learned(spec.Latent, spec.Input);
        var parameters = spec.Posterior.Formulas().Outputs(spec.Latent);
        var pseudo = learned.FirstOrDefault(parameter => parameter.Name == PriorStates.PseudoInputs)?.Shape.Dims[0] ?? 0;
        if (!IsSmall(learned, spec.Latent, prior.Noise(spec.Latent), pseudo * parameters))
            yield break;
        var state = State(
            learned, pseudo > 0 ? PriorStates.PseudoOutputs : "", NdArray.Full(0.5, pseudo, (int)parameters), prior.Networks(spec.Latent));
        yield return Gives(path, "ln p(z)", () => prior.LogDensity(state, Rows(spec.Latent)), Batch);
        yield return Gives(path, "a draw", () => prior.Sample(state, Rows(prior.Noise(spec.Latent))), BatchDims(spec.Latent));
        yield return Rules.Run(path, () => prior.Form(state).Normal is not { } normal ? []
            : Gives(path, "μ and ln σ² of its form", () => normal, normal.Dims[0] == 1 ? 1 : Batch, 2 * spec.Latent));
    }

    private static IEnumerable<Problem> Row(ValueList<Layer> layers, Shape input, string path)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            var output = Shapes.Output(layers[i], input).Match(shape => shape, _ => input);
            foreach (var problem in
                layers[i] is Layer.Custom custom ? Layer(custom.Definition, input, output, $"{path}[{i}]")
                : layers[i] is Vae.Layer.Residual residual ? Row(residual.Body, input, $"{path}[{i}].body") : [])
                yield return problem;
            input = output;
        }
    }

    private static ValueList<Problem> Layer(ILayer layer, Shape input, Shape output, string path)
    {
        var own = Rules.Run(path, () => Learned(path, layer.Learned(input)));
        return own.Count > 0 || !IsSmall(layer.Learned(input), input.Size, output.Size) ? own
            : Gives(path, "its output", () => layer.Apply(State(layer.Learned(input)), Rows(input)), BatchDims(output));
    }
}
