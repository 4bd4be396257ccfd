namespace Vae;

/// <summary>The distribution of a parameter's values before training.</summary>
/// <param name="Bound">The half-width of a uniform distribution around <paramref name="Centre"/>; 0 for a constant.</param>
/// <param name="Centre">The mean.</param>
public sealed partial record Initial(double Bound, double Centre);

/// <summary>The numbers of inputs and outputs that a layer's tensor connects, which scale its initial values.</summary>
/// <param name="In">Inputs of one output, kernel included; 0 for a tensor that is of no layer with weights.</param>
/// <param name="Out">Outputs of one input, kernel included.</param>
public sealed partial record Fan(long In, long Out)
{
    /// <summary>That of a tensor with an initial value of its own.</summary>
    public static Fan None { get; } = new(0, 0);
}

/// <summary>A named tensor of a model.</summary>
/// <param name="Name">The name, as in <c>encoder.1.weight</c>.</param>
/// <param name="Shape">The dimensions: linear [out, in], conv2d [out, in, k, k], convTranspose2d [in, out, k, k], the same over steps with one k, else [n].</param>
/// <param name="Initial">The values before training, unless an <see cref="Initialization"/> decides them by the fan.</param>
/// <param name="Trained">False for running statistics.</param>
/// <param name="Fan">That of a layer's weight or bias; by default none, and then the initial value is its own.</param>
public sealed partial record Parameter(string Name, Shape Shape, Initial Initial, bool Trained, Fan? Fan = null)
{
    /// <summary>That of a layer's weight or bias, else <see cref="Fan.None"/>.</summary>
    public Fan Fan { get; init; } = Fan ?? Fan.None;

    /// <summary>Whether it is added to the outputs of a layer with weights, one number for each.</summary>
    internal bool IsBias => Fan.In > 0 && Shape.Dims.Count == 1;
}
