namespace Vae;

/// <summary>A discriminator: a binary classifier of rows, trained in turn with the model.</summary>
/// <param name="Network">A row → one logit, above 0 for the first class.</param>
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
    /// Dense hidden layers with leaky ReLU, trained by Adam with β₁ = 0.5 and β₂ = 0.9; Kim &amp; Mnih 2018, appendix A, have six
    /// layers of 1000.
    /// </summary>
    /// <param name="width">Units of each hidden layer; ≥ 1.</param>
    /// <param name="layers">Number of hidden layers; ≥ 0.</param>
    /// <param name="learningRate">Constant over time; ≥ 0.</param>
    public static Discriminator Dense(int width = 256, int layers = 2, double learningRate = 1e-4) => new(
        new([Layers.Flatten, .. Enumerable.Range(0, layers).SelectMany(_ => Hidden(width))], Heads.Dense),
        Optimizers.Adam(0.5, 0.9), Schedules.Constant(learningRate));

    private static ValueList<Layer> Hidden(int width) => [Layers.Linear(width), Layers.Activate(Activations.LeakyRelu(Leak))];
}
