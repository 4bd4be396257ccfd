using System.Diagnostics;

namespace Vae.Torch;

/// <summary>
/// A process (a rank) among those that compute one run together. All ranks make the same calls in the same order; a group moves bytes
/// and computes nothing, so results do not depend on how it moves them. Not thread-safe. <see cref="Ranks"/> creates groups.
/// </summary>
public abstract unsafe class RankGroup : IDisposable
{
    private long ticks;

    private protected RankGroup() { }

    /// <summary>The number of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>Number of processes; at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>How bytes are moved, as a text for display.</summary>
    public abstract string Name { get; }

    /// <summary>Time spent in communication so far, waiting for other ranks included.</summary>
    public TimeSpan Communicating => Stopwatch.GetElapsedTime(0, ticks);

    /// <summary>Whether pointers may be those of tensors on a CUDA device.</summary>
    internal virtual bool IsOnDevice => false;

    /// <summary>Whether a rank that waits leaves its core to others.</summary>
    internal virtual bool Sleeps => false;

    /// <summary>Part i of <paramref name="from"/> goes to rank i; part i of <paramref name="into"/> comes from rank i.</summary>
    /// <param name="from">One part for each rank.</param>
    /// <param name="into">One part for each rank; another buffer.</param>
    /// <param name="each">Number of bytes of a part.</param>
    internal void AllToAll(nint from, nint into, int each)
    {
        var start = Stopwatch.GetTimestamp();
        MoveToAll(from, into, each);
        Add(start);
    }

    /// <summary>Part i of <paramref name="into"/> comes from rank i.</summary>
    /// <param name="from">The part of this rank.</param>
    /// <param name="into">One part for each rank; another buffer.</param>
    /// <param name="each">Number of bytes of a part.</param>
    internal void AllGather(nint from, nint into, int each)
    {
        var start = Stopwatch.GetTimestamp();
        MoveGathered(from, into, each);
        Add(start);
    }

    /// <summary>Copies the bytes of rank 0 to all ranks.</summary>
    internal void Broadcast(nint bytes, int length)
    {
        var start = Stopwatch.GetTimestamp();
        MoveFromFirst(bytes, length);
        Add(start);
    }

    // One process communicates with none.
    private void Add(long start) => ticks += Count > 1 ? Stopwatch.GetTimestamp() - start : 0;

    /// <summary>Ends all ranks, or lets them fail at their next call, with an exit code other than 0.</summary>
    /// <param name="code">The exit code.</param>
    public abstract void Abort(int code);

    /// <summary>Leaves the group after the last call; all ranks leave together.</summary>
    public abstract void Dispose();

    private protected abstract void MoveToAll(nint from, nint into, int each);

    private protected abstract void MoveGathered(nint from, nint into, int each);

    private protected abstract void MoveFromFirst(nint bytes, int length);
}
