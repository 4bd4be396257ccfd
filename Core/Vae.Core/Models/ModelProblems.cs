namespace Vae;

/// <summary>The problems of a model, without its objective and data.</summary>
internal static class ModelProblems
{
    public static ValueList<Problem> Find(VaeSpec spec, string path)
    {
        ValueList<Problem> sizes = [
            .. Rules.Shape($"{path}.input", spec.Input), .. Latent(spec, path),
            .. spec.Condition.Problems(spec.Input, $"{path}.condition")];
        // The tensors and outputs of custom components are only defined for sizes in range; nothing else can be checked without them.
        if (sizes.Count == 0 && PartTrials.Declared(spec, path) is { Count: > 0 } broken)
            return broken;
        // The settings of these families do not affect shapes, which can be inferred whatever they are.
        var likelihood = spec.Likelihood is Vae.Likelihood.Normal or Vae.Likelihood.Laplace or Vae.Likelihood.Beta
            ? OfLikelihood(spec, path) : [];
        sizes = [
            .. sizes, .. Prior(spec, path), .. Own(spec, path), .. likelihood.Count > 0 ? [] : OfLikelihood(spec, path),
            .. Separable(spec, path)];
        // Shapes can only be inferred from sizes in range; the layers' own settings are checked in any case.
        ValueList<Problem> all = [
            .. sizes, .. likelihood,
            .. Networks(spec, path).SelectMany(network => sizes.Count > 0 ? Numbers(network.Network, network.Path) : Flow(network)),
            .. sizes.Count > 0 ? [] : OfParts(spec, path).SelectMany(Flow)];
        if (all.Count == 0)
            all = ValueList.From(Networks(spec, path).Concat(OfParts(spec, path)).SelectMany(network =>
                Joins(network.Network.Layers, network.Input(), Wiring.ConditionShape(spec), network.LayersPath)));
        if (all.Count == 0)
            all = PartTrials.Layers(ValueList.From(Networks(spec, path).Concat(OfParts(spec, path)).Select(network =>
                (network.Network.Layers, network.Input(), network.LayersPath))));
        if (all.Count == 0)
            all = Rules.If(Parameters.Count(spec) > Rules.MaxValues, path,
                $"must have at most {Rules.MaxValues} parameters", Parameters.Count(spec));
        return all.Count > 0 ? all : PartTrials.Formulas(spec, path);
    }

    /// <summary>
    /// A network of a model, its path, and its input and output shapes, which are defined if the model's sizes are in range.
    /// </summary>
    private sealed record Part(Network Network, string Path, Func<Shape> Input, Func<Shape> Output, bool HasHead = true)
    {
        public string LayersPath => HasHead ? $"{Path}.layers" : Path;
    }

    // The input shapes of these networks follow from settings of the posterior and the prior, which must be in range.
    private static IEnumerable<Part> OfParts(VaeSpec spec, string path) => Wiring.PartNetworks(spec).Select(network =>
        new Part(network.Network, $"{path}.{network.Path}", () => network.Input, () => network.Output, network.HasHead));

    private static IEnumerable<Part> Networks(VaeSpec spec, string path) => [
        .. spec.Latent == 0 && spec.Encoder.Layers.Count == 0 ? ValueList.From<Part>([])
            : [new(spec.Encoder, $"{path}.encoder", () => Wiring.EncoderInput(spec), () => Wiring.EncoderOutput(spec))],
        new(spec.Decoder, $"{path}.decoder", () => Wiring.DecoderInput(spec), () => Wiring.DecoderOutput(spec)),
        .. spec.Prior is not Vae.Prior.Conditional ? ValueList.From<Part>([])
            : [new(Wiring.PriorNetwork(spec), $"{path}.prior.network", () => Wiring.PriorInput(spec), () => Wiring.PriorOutput(spec))]];

    /// <summary>The problems of a network outside a model, with its input and output shapes.</summary>
    public static ValueList<Problem> Network(Network network, Shape input, Shape output, string path)
    {
        var flow = Flow(new(network, path, () => input, () => output));
        return flow.Count > 0 ? flow : ValueList.From(Joins(network.Layers, input, Shape.Vector(0), $"{path}.layers"));
    }

    private static ValueList<Problem> Numbers(Network network, string path) =>
        [.. Layers.Problems($"{path}.layers", network.Layers), .. network.Head.Problems($"{path}.head")];

    private static ValueList<Problem> Flow(Part part)
    {
        var (network, path, input, output) = (part.Network, part.Path, part.Input(), part.Output());
        ValueList<Problem> ends = [.. Rules.Shape(path, input), .. Rules.Shape($"{path}.head", output)];
        if (ends.Count > 0)
            return [.. ends, .. Numbers(network, path)];
        if (!part.HasHead)
            return Shapes.Output(network.Layers, input, path).Match(
                given => Rules.If(given != output, path, $"must give {output}", given), problems => problems);
        var head = network.Head.Problems($"{path}.head");
        return Shapes.Output(network.Layers, input, $"{path}.layers").Match(
            body => head.Count > 0 ? head : Head(network.Head, body, output, $"{path}.head"),
            problems => problems.Append(head));
    }

    private static ValueList<Problem> Head(Head head, Shape body, Shape output, string path)
    {
        if (head is not Vae.Head.Dense && !output.IsImage)
            return [new(path, "must be dense to give a vector", head.ToString())];
        return Shapes.Output(head.Layers(body, output), body, path).Match(
            given => Rules.If(given != output, path, $"must give {output}", given),
            problems => ValueList.From(problems.Select(problem => problem.With(path: path))));
    }

    // If the layers' shapes fit, the condition must fit wherever it is concatenated.
    private static IEnumerable<Problem> Joins(ValueList<Layer> layers, Shape input, Shape condition, string path)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            foreach (var problem in layers[i] is Layer.ConcatenateCondition join ? Join(join.Width, input, condition, $"{path}[{i}]")
                : layers[i] is Layer.Residual residual ? Joins(residual.Body, input, condition, $"{path}[{i}].body") : [])
                yield return problem;
            input = Shapes.Output(layers[i], input).Match(shape => shape, _ => input);
        }
    }

    private static ValueList<Problem> Join(int width, Shape at, Shape condition, string path) =>
        condition.Size == 0 ? [new(path, "needs a model with a condition", "none")]
        : width != Wiring.ConditionChannels(condition, at)
            ? [new($"{path}.width",
                $"must be {Wiring.ConditionChannels(condition, at)}, what the condition {condition} adds to {at}", $"{width}")]
        : Rules.If(condition.IsImage && at.IsImage && (condition.Height % at.Height != 0 || condition.Width % at.Width != 0), path,
            $"needs an image whose height and width divide those of the condition {condition}", at);

    private static ValueList<Problem> Latent(VaeSpec spec, string path) =>
        spec.Latent != 0 || spec.Condition is Condition.None ? Rules.Size($"{path}.latent", spec.Latent) : [
            .. Rules.If(spec.Encoder.Layers.Count > 0, $"{path}.latent",
                "must be at least 1 (0 is for a model without a latent, whose encoder has no layers)", 0),
            .. Rules.If(spec.Prior is not (Vae.Prior.StandardNormal or Vae.Prior.Custom), $"{path}.prior",
                "must be standard normal where the latent is 0, since there is no z", Priors.Name(spec.Prior)),
            .. Rules.If(spec.Posterior is not (Vae.Posterior.DiagonalNormal or Vae.Posterior.Point or Vae.Posterior.Custom),
                $"{path}.posterior", "must be diagonal normal where the latent is 0, since there is no z",
                Posteriors.Name(spec.Posterior))];

    private static ValueList<Problem> Prior(VaeSpec spec, string path)
    {
        var (posterior, prior) = (spec.Posterior.Formulas(), spec.Prior.Formulas());
        return [
            .. Rules.If(spec.Prior is Vae.Prior.Conditional && spec.Condition is Condition.None, $"{path}.prior",
                "conditional needs a model with a condition", "none"),
            .. Rules.If(spec.Prior is Vae.Prior.Vamp && spec.Condition is not Condition.None, $"{path}.prior",
                "must not be vamp in a model with a condition: its learned examples have none", prior.Name),
            .. Rules.If(
                spec.Prior is Vae.Prior.Vamp && posterior.HasDensity && posterior.Support == Supports.Reals
                    && spec.Posterior is not Vae.Posterior.DiagonalNormal, $"{path}.prior",
                $"must not be vamp with the posterior {posterior.Name}: vamp is a mixture of diagonal normal posteriors", prior.Name),
            .. Hierarchies(spec, $"{path}.prior"),
            .. Rules.If(!posterior.HasDensity && spec.Prior is not Vae.Prior.StandardNormal, $"{path}.prior",
                $"must be standard normal with the posterior {posterior.Name}, which has no divergence from a prior", prior.Name),
            .. Rules.If(posterior.HasDensity && !prior.Supports(posterior.Support), $"{path}.prior",
                $"must be a distribution on the support of the posterior {posterior.Name}, {posterior.Support.Name}", prior.Name)];
    }

    // The KL compares q and p layer by layer.
    private static ValueList<Problem> Hierarchies(VaeSpec spec, string path) => (spec.Posterior, spec.Prior) switch
    {
        (Vae.Posterior.Hierarchical q, Vae.Prior.Hierarchical p) => Rules.If(q.Hierarchy != p.Hierarchy, $"{path}.hierarchy",
            "must be the hierarchy of the posterior", $"another ({Priors.Name(p)})"),
        (Vae.Posterior.Hierarchical, _) => Rules.If(spec.Prior.Formulas().Supports(Supports.Reals), path,
            $"must be hierarchical, with the hierarchy of the posterior {Posteriors.Name(spec.Posterior)}", Priors.Name(spec.Prior)),
        (_, Vae.Prior.Hierarchical) => Rules.If(
            Posteriors.HasDensity(spec.Posterior) && Posteriors.Support(spec.Posterior) == Supports.Reals, path,
            $"must not be hierarchical with the posterior {Posteriors.Name(spec.Posterior)}, which has one stochastic layer",
            Priors.Name(spec.Prior)),
        _ => [],
    };

    // The likelihood leaves out the values of x that the condition shows.
    private static ValueList<Problem> Separable(VaeSpec spec, string path) => Rules.If(
        Conditions.ShowsInput(spec.Condition) && !spec.Likelihood.Formulas().IsSeparable, $"{path}.likelihood",
        "must be a family of independent values, with a condition that shows some of them", Likelihoods.Name(spec.Likelihood));

    // The problems that the posterior and the prior find in their own settings.
    private static ValueList<Problem> Own(VaeSpec spec, string path) => [
        .. Rules.Run($"{path}.posterior", () => spec.Posterior.Formulas().Problems(spec.Latent, $"{path}.posterior")),
        .. Rules.Run($"{path}.prior", () => spec.Prior.Formulas().Problems(spec.Latent, $"{path}.prior"))];

    private static ValueList<Problem> OfLikelihood(VaeSpec spec, string path) =>
        Rules.Run($"{path}.likelihood", () => spec.Likelihood.Formulas().Problems(spec.Input, $"{path}.likelihood"));
}
