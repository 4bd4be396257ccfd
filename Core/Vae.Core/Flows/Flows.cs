namespace Vae;

/// <summary>Flows by name, and sequences of flows as functions.</summary>
public static partial class Flows
{
    private const int MaxSteps = 1000;

    /// <summary>Repeats a flow. Each repetition has its own parameters.</summary>
    /// <param name="count">Number of steps; ≥ 1.</param>
    /// <param name="flow">The flow.</param>
    /// <example>
    /// <code>
    /// Posterior posterior = Posteriors.Transformed(Flows.Repeat(4, Flows.InverseAutoregressive(width: 64)));
    /// </code>
    /// </example>
    public static ValueList<Flow> Repeat(int count, Flow flow) => ValueList.From(Enumerable.Repeat(flow, count));

    /// <summary>The names in tables and pictures.</summary>
    /// <param name="flows">The flows in order.</param>
    public static string Names(ValueList<Flow> flows) => string.Join(", ", flows.GroupBy(flow => flow.Name)
        .Select(same => same.Count() == 1 ? same.Key : $"{same.Count()} × {same.Key}"));

    /// <summary>Number of parameters that an encoder outputs for the flows of a posterior.</summary>
    /// <param name="flows">The flows in order.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    public static long Outputs(ValueList<Flow> flows, int latent) =>
        (long)flows.Aggregate(Int128.Zero, (sum, flow) => sum + flow.Outputs(latent));

    /// <summary>The tensors of flows; in a posterior, those besides the encoder's outputs.</summary>
    /// <param name="flows">The flows in order.</param>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="inPosterior">Whether the flows belong to a posterior rather than to a prior.</param>
    public static ValueList<Parameter> Learned(ValueList<Flow> flows, int latent, bool inPosterior) => ValueList.From(
        flows.SelectMany((flow, i) => flow.Learned(latent, inPosterior).Select(p => p.With(name: $"{Part(i)}.{p.Name}"))));

    /// <summary>Problems of flows in a posterior or a prior.</summary>
    /// <param name="flows">The flows in order.</param>
    /// <param name="latent">The length of z.</param>
    /// <param name="inPosterior">Whether the flows belong to a posterior rather than to a prior.</param>
    /// <param name="path">The path of the flows, for problems.</param>
    public static ValueList<Problem> Problems(ValueList<Flow> flows, int latent, bool inPosterior, string path) => [
        .. Rules.If(flows.Count is < 1 or > MaxSteps, path, $"must be 1 to {MaxSteps} flows", flows.Count),
        .. flows.Take(MaxSteps).SelectMany((flow, i) => flow.Problems(latent, $"{path}[{i}]").Append(inPosterior
            ? Rules.If(!flow.DrawsAtOnce, $"{path}[{i}]", "must draw in one pass in a posterior (inverse autoregressive does)",
                $"{flow.Name}, which takes a pass for each dimension")
            : Rules.If(!flow.InvertsAtOnce, $"{path}[{i}]",
                "must have a density in one pass in a prior (masked autoregressive and affine coupling do)",
                flow.HasInverse
                    ? $"{flow.Name}, which takes a pass for each dimension"
                    : $"{flow.Name}, whose inverse has no closed form")))];

    /// <summary>Whether the inverse of all flows can be computed.</summary>
    /// <param name="flows">The flows in order.</param>
    public static bool HaveInverse(ValueList<Flow> flows) => flows.All(flow => flow.HasInverse);

    /// <summary>Applies all flows in order. The determinant is that of the whole map.</summary>
    /// <param name="flows">The flows in order.</param>
    /// <param name="z">Points of the base distribution, [B, D].</param>
    /// <param name="context">The encoder's parameters, [B, G]; null in a prior.</param>
    /// <param name="state">The tensors of the flows; null if they have none.</param>
    public static FlowStep<T> Forward<T>(ValueList<Flow> flows, T z, T? context = null, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        Run(flows, z, context, state ?? PartState<T>.Empty, inverse: false);

    /// <summary>Inverts all flows, from the last to the first. The determinant is that of the whole inverse map.</summary>
    /// <param name="flows">The flows in order.</param>
    /// <param name="z">[B, D].</param>
    /// <param name="context">The encoder's parameters, [B, G]; null in a prior.</param>
    /// <param name="state">The tensors of the flows; null if they have none.</param>
    /// <exception cref="InvalidOperationException">A flow has no inverse.</exception>
    public static FlowStep<T> Inverse<T>(ValueList<Flow> flows, T z, T? context = null, PartState<T>? state = null)
        where T : struct, ITensor<T> =>
        Run(flows, z, context, state ?? PartState<T>.Empty, inverse: true);

    private static FlowStep<T> Run<T>(ValueList<Flow> flows, T z, T? given, PartState<T> state, bool inverse) where T : struct, ITensor<T>
    {
        Flow[] steps = [.. flows];
        var at = new FlowStep<T>(z, T.SumEvent(0.0 * z));
        for (var n = 0; n < steps.Length; n++)
        {
            var i = inverse ? steps.Length - 1 - n : n;
            T? own = given is { } all && Outputs(steps, i + 1, z) > Outputs(steps, i, z)
                ? T.Slice(all, 1, Outputs(steps, i, z), (int)steps[i].Outputs(z.Dims[1])) : null;
            // Every second step takes the dimensions in reverse order, so that each dimension depends on all others.
            var (part, reversed) = (state.Within(Part(i)), i % 2 == 1);
            var step = inverse ? steps[i].Inverse(part, own, at.Z, reversed) : steps[i].Forward(part, own, at.Z, reversed);
            at = new(step.Z, at.LogDeterminant + step.LogDeterminant);
        }
        return at;
    }

    private static int Outputs<T>(Flow[] steps, int count, T z) where T : struct, ITensor<T> =>
        (int)steps.Take(count).Sum(flow => flow.Outputs(z.Dims[1]));

    private static string Part(int place) => $"steps.{place}";
}
