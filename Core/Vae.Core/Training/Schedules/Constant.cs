namespace Vae;

public abstract partial record Schedule
{
    /// <summary>The same value at all times.</summary>
    /// <param name="Value">The value; finite.</param>
    public sealed partial record Constant(double Value) : Schedule
    {
        internal override double Settled => 0;

        internal override double At(double epoch) => Value;

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) =>
            rule($"{path}.value", Value);
    }
}

public static partial class Schedules
{
    /// <summary>The same value at all times.</summary>
    /// <param name="value">The value; finite.</param>
    public static Schedule Constant(double value) => new Schedule.Constant(value);
}
