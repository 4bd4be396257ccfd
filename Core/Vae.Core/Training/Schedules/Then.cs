namespace Vae;

public abstract partial record Schedule
{
    /// <summary>One schedule followed by another, such as a warm-up and a decay.</summary>
    /// <param name="First">The schedule until <paramref name="Epochs"/>.</param>
    /// <param name="Epochs">The length of the first schedule; &gt; 0.</param>
    /// <param name="Next">The schedule afterwards; its time starts at the change.</param>
    public sealed partial record Then(Schedule First, double Epochs, Schedule Next) : Schedule
    {
        internal override double Settled => Epochs + Next.Settled;

        private protected override ValueList<Schedule> Parts => [First, Next];

        internal override double At(double epoch) => epoch < Epochs ? First.At(epoch) : Next.At(epoch - Epochs);

        private protected override ValueList<Problem> Problems(string path, Func<string, double, ValueList<Problem>> rule) => [
            .. First.Problems($"{path}.first", rule), .. Rules.Positive($"{path}.epochs", Epochs), .. Next.Problems($"{path}.next", rule)];
    }
}

public static partial class Schedules
{
    /// <summary>One schedule followed by another.</summary>
    /// <param name="first">The schedule until <paramref name="epochs"/>.</param>
    /// <param name="epochs">The length of the first schedule; &gt; 0.</param>
    /// <param name="next">The schedule afterwards; its time starts at the change.</param>
    public static Schedule Then(Schedule first, double epochs, Schedule next) => new Schedule.Then(first, epochs, next);
}
