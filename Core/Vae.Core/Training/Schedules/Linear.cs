namespace Vae;

public abstract partial record Schedule
{
    /// <summary>A linear ramp, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">The value at epoch 0.</param>
    /// <param name="To">The value from <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">The length of the ramp; &gt; 0.</param>
    public sealed partial record Linear(double From, double To, double Epochs) : Schedule
    {
        internal override double Settled => Epochs;

        internal override double At(double epoch) => Between(From, To, Math.Min(epoch / Epochs, 1));

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            OfRamp(From, To, Epochs, path, rule);
    }
}

public static partial class Schedules
{
    /// <summary>A linear ramp, then constant: a warm-up of the KL weight β.</summary>
    /// <param name="from">The value at epoch 0.</param>
    /// <param name="to">The value from <paramref name="epochs"/> on.</param>
    /// <param name="epochs">The length of the ramp; &gt; 0.</param>
    /// <example>
    /// <code>
    /// Schedule beta = Schedules.Linear(from: 0, to: 1, epochs: 10);
    /// double half = Schedules.At(beta, epoch: 5); // 0.5
    /// </code>
    /// </example>
    public static Schedule Linear(double from, double to, double epochs) => new Schedule.Linear(from, to, epochs);
}
