namespace Vae;

/// <summary>A discriminator: a network that tells two kinds of rows apart, trained in turn with the model.</summary>
/// <param name="Network">A row → one logit, above 0 for the first kind.</param>
/// <param name="Optimizer">How its gradient becomes a step.</param>
/// <param name="LearningRate">Over epochs; ≥ 0.</param>
public sealed partial record Discriminator(Network Network, Optimizer Optimizer, Schedule LearningRate)
{
    internal ValueList<Problem> Problems(string path) =>
        [.. Optimizer.Problems($"{path}.optimizer"), .. LearningRate.Problems($"{path}.learningRate")];
}

/// <summary>Discriminators by name.</summary>
public static class Discriminators
{
    private const double Leak = 0.2;

    /// <summary>
    /// Hidden layers of one width with leaky ReLU, and Adam with short memory; Kim &amp; Mnih 2018, appendix A, has six of 1000.
    /// </summary>
    public static Discriminator Dense(int width = 256, int layers = 2, double learningRate = 1e-4) => new(
        new([Layers.Flatten, .. Enumerable.Range(0, layers).SelectMany(_ => Hidden(width))], Heads.Dense),
        Optimizers.Adam(0.5, 0.9), Schedules.Constant(learningRate));

    private static ValueList<Layer> Hidden(int width) => [Layers.Linear(width), Layers.Activate(Activations.LeakyRelu(Leak))];
}
