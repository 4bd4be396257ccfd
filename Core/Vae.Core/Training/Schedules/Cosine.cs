namespace Vae;

public abstract partial record Schedule
{
    /// <summary>Half a cosine wave, then constant; Loshchilov &amp; Hutter 2017.</summary>
    /// <param name="From">The value at epoch 0.</param>
    /// <param name="To">The value from <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">The length of the wave; &gt; 0.</param>
    public sealed partial record Cosine(double From, double To, double Epochs) : Schedule
    {
        internal override double Settled => Epochs;

        internal override double At(double epoch) => Between(From, To, (1 - Math.Cos(Math.PI * Math.Min(epoch / Epochs, 1))) / 2);

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            OfRamp(From, To, Epochs, path, rule);
    }
}

public static partial class Schedules
{
    /// <summary>Half a cosine wave, then constant.</summary>
    /// <param name="from">The value at epoch 0.</param>
    /// <param name="to">The value from <paramref name="epochs"/> on.</param>
    /// <param name="epochs">The length of the wave; &gt; 0.</param>
    public static Schedule Cosine(double from, double to, double epochs) => new Schedule.Cosine(from, to, epochs);
}
