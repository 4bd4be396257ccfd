namespace Vae;

/// <summary>How a gradient becomes a step.</summary>
[Closed]
public abstract partial record Optimizer
{
    internal abstract ValueList<Problem> Problems(string path);

    private static ValueList<Problem> Moments(double beta1, double beta2, double epsilon, string path) => [
        .. Rules.Within($"{path}.beta1", beta1, 0, 1, closedHigh: false),
        .. Rules.Within($"{path}.beta2", beta2, 0, 1, closedHigh: false),
        .. Rules.Positive($"{path}.epsilon", epsilon)];

    /// <summary>Adam; Kingma &amp; Ba 2015, algorithm 1.</summary>
    /// <param name="Beta1">Decay of the mean of gradients; in [0, 1).</param>
    /// <param name="Beta2">Decay of the mean of squared gradients; in [0, 1).</param>
    /// <param name="Epsilon">Added to the denominator; &gt; 0.</param>
    public sealed partial record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
    {
        internal override ValueList<Problem> Problems(string path) => Moments(Beta1, Beta2, Epsilon, path);
    }

    /// <summary>Adam with decoupled weight decay; Loshchilov &amp; Hutter 2019, algorithm 2.</summary>
    /// <param name="Decay">Decoupled weight decay; ≥ 0.</param>
    /// <param name="Beta1">Decay of the mean of gradients; in [0, 1).</param>
    /// <param name="Beta2">Decay of the mean of squared gradients; in [0, 1).</param>
    /// <param name="Epsilon">Added to the denominator; &gt; 0.</param>
    public sealed partial record AdamW(double Decay = 0.01, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.decay", Decay, 0), .. Moments(Beta1, Beta2, Epsilon, path)];
    }

    /// <summary>Stochastic gradient descent, optionally with momentum.</summary>
    /// <param name="Momentum">Decay of the momentum; in [0, 1); 0 for none.</param>
    public sealed partial record Sgd(double Momentum = 0) : Optimizer
    {
        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.momentum", Momentum, 0, 1, closedHigh: false);
    }
}

/// <summary>Optimizers by name.</summary>
public static class Optimizers
{
    /// <summary>Adam; Kingma &amp; Ba 2015.</summary>
    /// <param name="beta1">Decay of the mean of gradients; in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients; in [0, 1).</param>
    /// <param name="epsilon">Added to the denominator; &gt; 0.</param>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new Optimizer.Adam(beta1, beta2, epsilon);

    /// <summary>Adam with decoupled weight decay; Loshchilov &amp; Hutter 2019.</summary>
    /// <param name="decay">Decoupled weight decay; ≥ 0.</param>
    /// <param name="beta1">Decay of the mean of gradients; in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of squared gradients; in [0, 1).</param>
    /// <param name="epsilon">Added to the denominator; &gt; 0.</param>
    public static Optimizer AdamW(double decay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new Optimizer.AdamW(decay, beta1, beta2, epsilon);

    /// <summary>Stochastic gradient descent, optionally with momentum.</summary>
    /// <param name="momentum">Decay of the momentum; in [0, 1); 0 for none.</param>
    public static Optimizer Sgd(double momentum = 0) => new Optimizer.Sgd(momentum);
}
