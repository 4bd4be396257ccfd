namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// Batch normalization: normalizes each channel over the batch, or by running statistics outside training; Ioffe &amp; Szegedy 2015.
    /// </summary>
    /// <param name="Momentum">The weight of the newest batch in the running statistics; in (0, 1].</param>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5) : Layer
    {
        internal override string Name => "batchNorm";

        internal override bool CouplesExamples => true;

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.Within($"{path}.momentum", Momentum, 0, 1, closedLow: false), .. Rules.Positive($"{path}.epsilon", Epsilon)];

        internal override Validated<Shape> Output(Shape input, string path) => Valid(input);

        internal override ValueList<Shape> Intended(Shape input) => [input];

        internal override ValueList<Parameter> Tensors(Shape input, string name)
        {
            var channels = Shape.Vector(input.Channels);
            return [
                .. Affine(name, channels),
                new($"{name}.running_mean", channels, new(0, 0), false),
                new($"{name}.running_var", channels, new(0, 1), false)];
        }
    }
}

public static partial class Layers
{
    /// <summary>Batch normalization: normalizes each channel over the batch.</summary>
    /// <param name="momentum">The weight of the newest batch in the running statistics; in (0, 1].</param>
    /// <param name="epsilon">Added to the variance; &gt; 0.</param>
    public static Layer BatchNorm(double momentum = 0.1, double epsilon = 1e-5) => new Layer.BatchNorm(momentum, epsilon);
}
