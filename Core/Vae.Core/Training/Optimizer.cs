namespace Vae;

/// <summary>How a gradient becomes a step.</summary>
[Closed]
public abstract partial record Optimizer
{
    /// <summary>Kingma &amp; Ba 2015, algorithm 1.</summary>
    /// <param name="Beta1">In [0, 1).</param>
    /// <param name="Beta2">In [0, 1).</param>
    /// <param name="Epsilon">&gt; 0.</param>
    public sealed partial record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer;

    /// <summary>Loshchilov &amp; Hutter 2019, algorithm 2.</summary>
    /// <param name="Decay">Decoupled weight decay; ≥ 0.</param>
    /// <param name="Beta1">In [0, 1).</param>
    /// <param name="Beta2">In [0, 1).</param>
    /// <param name="Epsilon">&gt; 0.</param>
    public sealed partial record AdamW(double Decay = 0.01, double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer;

    /// <summary>Stochastic gradient descent, with momentum where asked for.</summary>
    /// <param name="Momentum">In [0, 1).</param>
    public sealed partial record Sgd(double Momentum = 0) : Optimizer;
}
