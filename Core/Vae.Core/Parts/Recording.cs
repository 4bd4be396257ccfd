namespace Vae;

/// <summary>
/// Connects formulas to a recorded step: numbers that change during training are values of the step there, because the recorded
/// formulas are not evaluated again.
/// </summary>
/// <typeparam name="T">The tensor type that records.</typeparam>
/// <param name="At">The value of a schedule in the current step, [].</param>
/// <param name="EpochIsRead">Called when a formula reads the time itself.</param>
internal sealed record Recording<T>(Func<IEpochValue, T> At, Action EpochIsRead) where T : struct, ITensor<T>;

/// <summary>A number that changes during training: a schedule.</summary>
internal interface IEpochValue
{
    /// <summary>The value at an epoch ≥ 0.</summary>
    double At(double epoch);
}
