namespace Vae;

public abstract partial record Layer
{
    /// <summary>Sets random values to zero during training and scales the rest by 1 / (1 − rate); Srivastava et al. 2014.</summary>
    /// <param name="Rate">The probability that a value is set to zero; in [0, 1).</param>
    public sealed partial record Dropout(double Rate) : Layer
    {
        internal override string Name => FormattableString.Invariant($"dropout {Rate:0.###}");

        internal override ValueList<Problem> Problems(string path) => Rules.Within($"{path}.rate", Rate, 0, 1, closedHigh: false);

        internal override Validated<Shape> Output(Shape input, string path) => Valid(input);

        internal override ValueList<Shape> Intended(Shape input) => [input];
    }
}

public static partial class Layers
{
    /// <summary>Sets random values to zero during training.</summary>
    /// <param name="rate">The probability that a value is set to zero; in [0, 1).</param>
    public static Layer Dropout(double rate) => new Layer.Dropout(rate);
}
