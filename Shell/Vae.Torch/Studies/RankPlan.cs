namespace Vae.Torch;

/// <summary>What a step and an exchange of gradients cost; Hockney 1994 for the cost α + β·bytes of a message.</summary>
/// <param name="StepSeconds">Time of a step whatever its number of examples, the optimizer included.</param>
/// <param name="ExampleSeconds">Time that an example adds to a step.</param>
/// <param name="Latency">α, the time of a message without content; seconds.</param>
/// <param name="ByteSeconds">β, the time that a byte adds to a message, added to others at its end; seconds.</param>
internal sealed record RankCosts(double StepSeconds, double ExampleSeconds, double Latency, double ByteSeconds)
{
    /// <summary>The part of <see cref="StepSeconds"/> that updates the weights, which ranks divide; seconds.</summary>
    public double UpdateSeconds { get; init; }

    /// <summary>What ranks of one machine cost each other.</summary>
    public HostCosts Host { get; init; } = HostCosts.None;
}

/// <summary>What is to be trained.</summary>
/// <param name="Examples">Number of training examples; ≥ 1.</param>
/// <param name="Batch">Examples of a step; ≥ 1.</param>
/// <param name="Parameters">Number of trained values.</param>
/// <param name="ExampleValues">Number of values that an example has in all layers of a forward pass.</param>
internal sealed record RankLoad(long Examples, long Batch, long Parameters, long ExampleValues);

/// <summary>The prediction for a number of ranks, of one shard each.</summary>
/// <param name="Ranks">Number of ranks.</param>
/// <param name="StepSeconds">Time of a step.</param>
/// <param name="Communication">Share of communication in it, waiting for other ranks included; in [0, 1].</param>
/// <param name="EpochSeconds">Time of a pass over the data.</param>
/// <param name="Efficiency">Speed per rank, relative to that of one rank.</param>
/// <param name="TrafficBytes">Bytes that a rank sends, and receives, in a pass over the data.</param>
/// <param name="MemoryBytes">Memory of a rank for weights, optimizer, gradients and layers; data and libraries come on top.</param>
internal sealed record PlannedRanks(
    long Ranks, double StepSeconds, double Communication, double EpochSeconds, double Efficiency, double TrafficBytes, double MemoryBytes);

/// <summary>Predicts time, traffic and memory of a run on many ranks.</summary>
internal static class RankPlan
{
    // Weights, gradient, two moments and the average.
    private const int Copies = 5;

    // A value and its gradient.
    private const int ValueAndGradient = 2;

    // The losses of measured steps are gathered, four numbers a shard; each step begins with one word of rank 0.
    private const double GatheredSteps = 1.0 / Timetable.MeasureEvery;

    /// <summary>
    /// The prediction for R ranks. To compute takes a − u + u/R + b·B/R, where u updates the weights, times the slowdown by the ranks of the
    /// same machine, times the slowest of R. For R > 1 there are a word α·log₂R, the losses (R − 1)·α every fourth step, the exchange
    /// 2·(R − 1)·α + 2·(R − 1)/R·β·bytes, by all-to-all of gradients and all-gather of weights (Thakur et al. 2005), and turns at the cores.
    /// </summary>
    /// <param name="costs">Costs of step and exchange.</param>
    /// <param name="load">What is to be trained.</param>
    /// <param name="ranks">R; at least 1, at most the batch.</param>
    /// <param name="perHost">Ranks on a machine, if there are as many; 0 for as many as compute at once.</param>
    public static PlannedRanks Predict(RankCosts costs, RankLoad load, long ranks, int perHost = 0)
    {
        var bytes = (double)sizeof(float) * load.Parameters;
        double others = ranks - 1, own = Math.Ceiling((double)load.Batch / ranks), steps = Math.Ceiling((double)load.Examples / load.Batch);
        var moved = 2 * others / ranks * bytes;
        var exchange = 2 * others * costs.Latency + costs.ByteSeconds * moved;
        var words = ranks == 1 ? 0 : costs.Latency * (Math.Log2(ranks) + GatheredSteps * others);
        var update = Math.Min(costs.UpdateSeconds, costs.StepSeconds);
        var here = Math.Min(ranks, perHost == 0 ? costs.Host.Slots : perHost);
        var computing = (costs.StepSeconds - update + update / ranks + costs.ExampleSeconds * own) * costs.Host.Slowdown(here);
        var step = computing * costs.Host.Slowest(ranks) + costs.Host.Waiting(here) + exchange + words;
        return new(
            ranks, step, Math.Max(0, 1 - computing / step), step * steps,
            (costs.StepSeconds + costs.ExampleSeconds * load.Batch) / (ranks * step), moved * steps,
            // What ranks add and receive are two more copies, and their parts of weights, moments and average share four.
            (Copies + (ranks == 1 ? 0 : 2 + 4.0 / ranks)) * bytes + ValueAndGradient * sizeof(float) * own * load.ExampleValues);
    }

    /// <summary>The number of values of an example in all layers of encoder and decoder.</summary>
    /// <param name="spec">A model without problems.</param>
    public static long ExampleValues(VaeSpec spec) =>
        Values(Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec)) + Values(Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec));

    private static long Values(ValueList<Layer> layers, Shape input)
    {
        var sum = input.Size;
        foreach (var layer in layers)
        {
            input = VaeException.Unwrap(Shapes.Output(layer, input));
            sum += input.Size;
        }
        return sum;
    }
}
