namespace Vae;

/// <summary>Flows by name, and what a row of them does: a flow is added here, in <see cref="Flow"/> and in a file of its own.</summary>
public static class Flows
{
    private const int Most = 1000;

    /// <summary>A plane along which z is bent; for posteriors.</summary>
    public static Flow Planar { get; } = new Flow.Planar();

    /// <summary>A reflection.</summary>
    public static Flow Householder { get; } = new Flow.Householder();

    /// <summary>Autoregressive in what goes in; for posteriors.</summary>
    public static Flow InverseAutoregressive(int width = 64) => new Flow.InverseAutoregressive(width);

    /// <summary>Autoregressive in what comes out; for priors.</summary>
    public static Flow MaskedAutoregressive(int width = 64) => new Flow.MaskedAutoregressive(width);

    /// <summary>One half moves the other.</summary>
    public static Flow AffineCoupling(int width = 64) => new Flow.AffineCoupling(width);

    /// <summary>The same flow so many times, each with parameters of its own.</summary>
    public static ValueList<Flow> Repeat(int count, Flow flow) => ValueList.From(Enumerable.Repeat(flow, count));

    /// <summary>Their names for people.</summary>
    public static string Names(ValueList<Flow> flows) => string.Join(", ", Meanings(flows).GroupBy(flow => flow.Name)
        .Select(same => same.Count() == 1 ? same.Key : $"{same.Count()} × {same.Key}"));

    /// <summary>How many parameters an encoder gives for flows of a posterior.</summary>
    public static long Outputs(ValueList<Flow> flows, int latent) => (long)Meanings(flows).Aggregate(Int128.Zero, (sum, flow) => sum + flow.Outputs(latent));

    /// <summary>What flows learn of their own, in a posterior beside what the encoder gives.</summary>
    public static ValueList<Parameter> Learned(ValueList<Flow> flows, int latent, bool inPosterior) => ValueList.From(
        Meanings(flows).SelectMany((flow, i) => flow.Learned(latent, inPosterior).Select(p => p.With(name: $"{Part(i)}.{p.Name}"))));

    /// <summary>What is wrong with flows in a posterior, or in a prior, for z of a length.</summary>
    public static ValueList<Problem> Problems(ValueList<Flow> flows, int latent, bool inPosterior, string path) => [
        .. Rules.If(flows.Count is < 1 or > Most, path, $"must be 1 to {Most} flows", flows.Count),
        .. Meanings(flows).Take(Most).SelectMany((flow, i) => flow.Problems(latent, $"{path}[{i}]").Append(inPosterior
            ? Rules.If(!flow.DrawsAtOnce, $"{path}[{i}]", "must draw in one pass in a posterior (inverse autoregressive does)", $"{flow.Name}, which takes a pass for each dimension")
            : Rules.If(!flow.InvertsAtOnce, $"{path}[{i}]", "must have a density in one pass in a prior (masked autoregressive and affine coupling do)",
                flow.HasInverse ? $"{flow.Name}, which takes a pass for each dimension" : $"{flow.Name}, whose inverse has no closed form")))];

    /// <summary>Whether z can be taken back to where it came from.</summary>
    public static bool HaveInverse(ValueList<Flow> flows) => Meanings(flows).All(flow => flow.HasInverse);

    /// <summary>Through all of them, in order. z [B, D], and what an encoder gave for them [B, G] or null; the determinant is that of the whole map.</summary>
    public static FlowStep<T> Forward<T>(ValueList<Flow> flows, T z, T? given = null, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Run(flows, z, given, state ?? PartState<T>.Empty, inverse: false);

    /// <summary>Back through all of them, from the last to the first; <see cref="InvalidOperationException"/> where one has no inverse.</summary>
    public static FlowStep<T> Inverse<T>(ValueList<Flow> flows, T z, T? given = null, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Run(flows, z, given, state ?? PartState<T>.Empty, inverse: true);

    private static FlowStep<T> Run<T>(ValueList<Flow> flows, T z, T? given, PartState<T> state, bool inverse) where T : struct, ITensor<T>
    {
        IFlow[] steps = [.. Meanings(flows)];
        var at = new FlowStep<T>(z, T.SumEvent(0.0 * z));
        for (var n = 0; n < steps.Length; n++)
        {
            var i = inverse ? steps.Length - 1 - n : n;
            T? own = given is { } all && Outputs(steps, i + 1, z) > Outputs(steps, i, z)
                ? T.Slice(all, 1, Outputs(steps, i, z), (int)steps[i].Outputs(z.Dims[1])) : null;
            var step = inverse ? steps[i].Inverse(state.Within(Part(i)), own, at.Z) : steps[i].Forward(state.Within(Part(i)), own, at.Z);
            at = new(step.Z, at.LogDeterminant + step.LogDeterminant);
        }
        return at;
    }

    private static int Outputs<T>(IFlow[] steps, int count, T z) where T : struct, ITensor<T> => (int)steps.Take(count).Sum(flow => flow.Outputs(z.Dims[1]));

    private static string Part(int place) => $"steps.{place}";

    // Every second step takes the dimensions against their order: what came last then comes first.
    private static IEnumerable<IFlow> Meanings(ValueList<Flow> flows) => flows.Select((flow, i) => Meaning(flow, reversed: i % 2 == 1));

    private static IFlow Meaning(Flow flow, bool reversed) => flow.Match<IFlow>(
        planar: _ => new PlanarFlow(),
        householder: _ => new HouseholderFlow(),
        inverseAutoregressive: f => new InverseAutoregressiveFlow(f.Width, reversed),
        maskedAutoregressive: f => new MaskedAutoregressiveFlow(f.Width, reversed),
        affineCoupling: f => new AffineCouplingFlow(f.Width, reversed));
}
