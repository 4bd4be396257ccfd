namespace Vae.Torch;

/// <summary>
/// Ends passes over data that receive no cancellation token, such as those of a report: a run that is asked to stop after its last epoch
/// does not measure for minutes.
/// </summary>
internal static class Interruptions
{
    private static readonly AsyncLocal<CancellationToken> Current = new();

    /// <summary>Calls a function whose passes over data throw <see cref="OperationCanceledException"/> once cancelled.</summary>
    public static T Within<T>(CancellationToken stop, Func<T> use)
    {
        var outer = Current.Value;
        Current.Value = stop;
        try
        {
            return use();
        }
        finally
        {
            Current.Value = outer;
        }
    }

    /// <summary>Throws if the surrounding function was cancelled.</summary>
    public static void ThrowIfRequested() => Current.Value.ThrowIfCancellationRequested();
}
