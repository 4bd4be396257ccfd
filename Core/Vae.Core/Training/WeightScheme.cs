namespace Vae;

/// <summary>The distribution of the weights of linear and convolutional layers before training.</summary>
[Closed]
public abstract partial record WeightScheme
{
    /// <summary>The half-width of the uniform distribution of a layer's weights.</summary>
    internal abstract double Bound(Fan fan);

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Uniform in ±1/√fan-in; LeCun et al. 1998, section 4.6, up to a constant.</summary>
    public sealed partial record LeCun : WeightScheme
    {
        internal override double Bound(Fan fan) => 1 / Math.Sqrt(fan.In);
    }

    /// <summary>Uniform in ±√(6/(fan-in + fan-out)); Glorot &amp; Bengio 2010, eq. 16.</summary>
    public sealed partial record Glorot : WeightScheme
    {
        internal override double Bound(Fan fan) => Math.Sqrt(6.0 / (fan.In + fan.Out));
    }

    /// <summary>Uniform in ±√(6/fan-in), of variance 2/fan-in; He et al. 2015, eq. 10.</summary>
    public sealed partial record He : WeightScheme
    {
        internal override double Bound(Fan fan) => Math.Sqrt(6.0 / fan.In);
    }

    /// <summary>
    /// Orthonormal rows or columns, whichever are fewer, of the weight as a matrix [outputs, inputs · kernel]; Saxe et al. 2014.
    /// </summary>
    public sealed partial record Orthogonal : WeightScheme
    {
        // The matrix is made of uniform numbers, of which the bound does not matter.
        internal override double Bound(Fan fan) => 1;
    }

    /// <summary>
    /// Uniform in ±bound whatever the layer's size. A small bound starts with a model that hardly depends on its inputs, as in the code of
    /// Kingma et al. 2014.
    /// </summary>
    /// <param name="HalfWidth">The bound; in (0, 1]. √3·σ for a standard deviation σ.</param>
    public sealed partial record Uniform(double HalfWidth) : WeightScheme
    {
        internal override double Bound(Fan fan) => HalfWidth;

        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.halfWidth", HalfWidth, 0, 1, closedLow: false);
    }
}

/// <summary>Weight schemes by name.</summary>
public static class WeightSchemes
{
    /// <summary>LeCun et al. 1998.</summary>
    public static WeightScheme LeCun { get; } = new WeightScheme.LeCun();

    /// <summary>Glorot &amp; Bengio 2010.</summary>
    public static WeightScheme Glorot { get; } = new WeightScheme.Glorot();

    /// <summary>He et al. 2015.</summary>
    public static WeightScheme He { get; } = new WeightScheme.He();

    /// <summary>Saxe et al. 2014.</summary>
    public static WeightScheme Orthogonal { get; } = new WeightScheme.Orthogonal();

    /// <summary>Uniform in ±<paramref name="halfWidth"/> in every layer.</summary>
    /// <param name="halfWidth">In (0, 1].</param>
    public static WeightScheme Uniform(double halfWidth) => new WeightScheme.Uniform(halfWidth);
}
