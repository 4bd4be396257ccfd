using System.Net.Sockets;

namespace Vae.Torch;

/// <summary>Ranks by TCP: a connection for each pair.</summary>
internal sealed unsafe class TcpRanks(TcpConnections connections) : RankGroup
{
    // What the buffers of a socket hold for certain, so that all ranks may send before any receives.
    private const int Small = 16384;

    private readonly Socket?[] peers = connections.Peers;

    public override int Rank { get; } = connections.Rank;

    public override int Count => peers.Length;

    public override string Name => "TCP";

    public override void Abort(int code) => Dispose();

    public override void Dispose()
    {
        foreach (var peer in peers)
            peer?.Dispose();
    }

    private protected override void MoveToAll(nint from, nint into, int each) => Exchange(rank => from + (nint)rank * each, into, each);

    private protected override void MoveGathered(nint from, nint into, int each) => Exchange(_ => from, into, each);

    private protected override void MoveFromFirst(nint bytes, int length)
    {
        if (Rank > 0)
            Receive(0, bytes, length);
        else
            for (var rank = 1; rank < Count; rank++)
                Send(rank, bytes, length);
    }

    private void Exchange(Func<int, nint> from, nint into, int each)
    {
        Buffer.MemoryCopy((void*)from(Rank), (void*)(into + (nint)Rank * each), each, each);
        var sends = new List<Task>();
        for (var turn = 1; turn < Count; turn++)
        {
            var (rank, start) = ((Rank + turn) % Count, from((Rank + turn) % Count));
            if (each <= Small)
                Send(rank, start, each);
            else
                sends.Add(Task.Run(() => Send(rank, start, each)));
        }
        for (var turn = 1; turn < Count; turn++)
        {
            var rank = (Rank - turn + Count) % Count;
            Receive(rank, into + (nint)rank * each, each);
        }
        foreach (var send in sends)
            send.GetAwaiter().GetResult();
    }

    private void Send(int rank, nint from, int length) => Guarded(rank, () =>
    {
        for (var sent = 0; sent < length;)
            sent += peers[rank]!.Send(new ReadOnlySpan<byte>((byte*)from + sent, length - sent));
    });

    private void Receive(int rank, nint into, int length) =>
        Guarded(rank, () => TcpMeeting.Receive(peers[rank]!, new Span<byte>((void*)into, length), rank));

    private static void Guarded(int rank, Action call)
    {
        try
        {
            call();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw new VaeException($"ranks: rank {rank} must stay until the run ends, got: {e.Message}", e);
        }
    }
}
