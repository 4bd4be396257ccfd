using System.Diagnostics;
using System.Net.Sockets;

namespace Vae.Torch;

/// <summary>
/// Ranks by TCP: a connection for each pair. One thread sends and receives whatever the sockets take and have, so that no other
/// competes with it for its core, and ranks that all send first do not wait for each other.
/// </summary>
internal sealed unsafe class TcpRanks : RankGroup
{
    // To fall asleep and wake up takes longer than most messages need; a rank that computes for longer is waited for asleep.
    private static readonly TimeSpan Awake = TimeSpan.FromMilliseconds(0.5);

    private readonly Socket?[] peers;
    private readonly int[] sent, got;

    public TcpRanks(TcpConnections connections)
    {
        (Rank, peers, sent, got) = (connections.Rank, connections.Peers, new int[connections.Peers.Length], new int[connections.Peers.Length]);
        foreach (var peer in peers.OfType<Socket>())
            peer.Blocking = false;
    }

    public override int Rank { get; }

    public override int Count => peers.Length;

    public override string Name => "TCP";

    internal override bool Sleeps => true;

    public override void Abort(int code) => Dispose();

    public override void Dispose()
    {
        foreach (var peer in peers)
            peer?.Dispose();
    }

    private protected override void MoveToAll(nint from, nint into, int each)
    {
        Copy(from + (nint)Rank * each, into, each);
        Move(rank => (from + (nint)rank * each, each), rank => (into + (nint)rank * each, each));
    }

    private protected override void MoveGathered(nint from, nint into, int each)
    {
        Copy(from, into, each);
        Move(_ => (from, each), rank => (into + (nint)rank * each, each));
    }

    private protected override void MoveFromFirst(nint bytes, int length) =>
        Move(_ => (bytes, Rank == 0 ? length : 0), rank => (bytes, rank == 0 ? length : 0));

    private void Copy(nint own, nint into, int each) =>
        Buffer.MemoryCopy((void*)own, (void*)(into + (nint)Rank * each), each, each);

    // What each rank is sent, and what comes from it.
    private void Move(Func<int, (nint From, int Length)> outgoing, Func<int, (nint Into, int Length)> incoming)
    {
        Array.Clear(sent);
        Array.Clear(got);
        for (var since = Stopwatch.GetTimestamp(); ;)
        {
            bool isDone = true, moved = false;
            for (var turn = 1; turn < Count; turn++)
            {
                var rank = (Rank + turn) % Count;
                var ((from, sends), (into, receives)) = (outgoing(rank), incoming(rank));
                moved |= Send(rank, from, sends) | Receive(rank, into, receives);
                isDone &= sent[rank] == sends && got[rank] == receives;
            }
            if (isDone)
                return;
            if (moved)
                since = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(since) < Awake)
                Thread.Yield();
            else
                Sleep(rank => sent[rank] < outgoing(rank).Length, rank => got[rank] < incoming(rank).Length);
        }
    }

    private bool Send(int rank, nint from, int length)
    {
        if (sent[rank] == length)
            return false;
        var count = Guarded(rank, peer => (peer.Send(
            new ReadOnlySpan<byte>((byte*)from + sent[rank], length - sent[rank]), SocketFlags.None, out var error), error));
        sent[rank] += count;
        return count > 0;
    }

    private bool Receive(int rank, nint into, int length)
    {
        if (got[rank] == length)
            return false;
        var count = Guarded(rank, peer =>
        {
            var received = peer.Receive(new Span<byte>((byte*)into + got[rank], length - got[rank]), SocketFlags.None, out var error);
            return received > 0 || error != SocketError.Success ? (received, error)
                : throw new VaeException($"ranks: rank {rank} must stay until the run ends, got a closed connection");
        });
        got[rank] += count;
        return count > 0;
    }

    private void Sleep(Func<int, bool> sends, Func<int, bool> receives)
    {
        var others = Enumerable.Range(0, Count).Where(rank => rank != Rank).ToList();
        var first = others.First(rank => sends(rank) || receives(rank));
        _ = Guarded(first, _ =>
        {
            Socket.Select(
                others.Where(receives).Select(rank => peers[rank]!).ToList(), others.Where(sends).Select(rank => peers[rank]!).ToList(), null, -1);
            return (0, SocketError.Success);
        });
    }

    // The number of bytes moved; none where a socket is not ready.
    private int Guarded(int rank, Func<Socket, (int Count, SocketError Error)> call)
    {
        try
        {
            var (count, error) = call(peers[rank]!);
            return error switch
            {
                SocketError.Success => count,
                SocketError.WouldBlock => 0,
                _ => throw new SocketException((int)error),
            };
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new VaeException($"ranks: rank {rank} must stay until the run ends, got: {e.Message}", e);
        }
    }
}
