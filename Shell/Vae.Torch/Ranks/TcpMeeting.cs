using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Vae.Torch;

/// <summary>The connections of a rank to the others, one socket each; null at its own place.</summary>
internal sealed record TcpConnections(int Rank, Socket?[] Peers);

/// <summary>
/// How ranks find each other by TCP: each says its number and its own port to rank 0, which answers with the addresses of all; then a
/// rank connects to those before it and accepts those after it.
/// </summary>
internal static class TcpMeeting
{
    private const int Magic = 0x56414531, Greeting = 16, Address = 16 + 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Connects a rank to all others.</summary>
    /// <exception cref="VaeException">A number is out of range, or not all ranks came in time.</exception>
    public static TcpConnections Connect(string host, int port, int rank, int count)
    {
        VaeException.Require(port is > 0 and <= ushort.MaxValue, "ranks", "must have a port in 1 … 65535", port);
        VaeException.Require(rank >= 0 && rank < count, "ranks", $"must have a number in 0 … {count - 1}", rank);
        var peers = new Socket?[count];
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            if (count == 1)
                return new(rank, peers);
            var first = Resolve(host);
            if (rank == 0)
                Welcome(new(first, port), peers, deadline.Token);
            else
                Join(new(first, port), rank, peers, deadline.Token);
            return new(rank, peers);
        }
        catch (Exception e)
        {
            foreach (var peer in peers)
                peer?.Dispose();
            if (e is not (SocketException or OperationCanceledException))
                throw;
            var missing = Enumerable.Range(0, count).Where(other => other != rank && peers[other] is null);
            throw new VaeException($"ranks: all {count} must meet at {host}:{port} within {Patience.TotalSeconds} s, "
                + $"got no connection of rank {rank} to rank {string.Join(", ", missing)} ({e.Message})", e);
        }
    }

    private static IPAddress Resolve(string host) => Dns.GetHostAddresses(host) is [var address, ..]
        ? address : throw new VaeException($"ranks: must name a host with an address, got {host}");

    private static void Welcome(IPEndPoint at, Socket?[] peers, CancellationToken deadline)
    {
        using var listener = Listen(at);
        var ports = new int[peers.Length];
        while (Array.IndexOf(peers, null, 1) > 0)
        {
            var peer = Accept(listener, deadline);
            var (rank, port) = Greeted(peer, peers.Length);
            VaeException.Require(rank > 0 && rank < peers.Length && peers[rank] is null, "ranks", "must have different numbers", $"{rank} twice");
            (peers[rank], ports[rank]) = (peer, port);
        }
        var table = new byte[Address * peers.Length];
        for (var rank = 1; rank < peers.Length; rank++)
            Write(table.AsSpan(rank * Address, Address), ((IPEndPoint)peers[rank]!.RemoteEndPoint!).Address, at.Address, ports[rank]);
        foreach (var peer in peers.Skip(1))
            peer!.Send(table);
    }

    private static void Join(IPEndPoint first, int rank, Socket?[] peers, CancellationToken deadline)
    {
        using var listener = Listen(new(first.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0));
        var own = ((IPEndPoint)listener.LocalEndPoint!).Port;
        peers[0] = Reach(first, deadline);
        Greet(peers[0]!, rank, peers.Length, own);
        var table = new byte[Address * peers.Length];
        Receive(peers[0]!, table, 0);
        for (var other = 1; other < rank; other++)
        {
            peers[other] = Reach(Read(table.AsSpan(other * Address, Address)), deadline);
            Greet(peers[other]!, rank, peers.Length, own);
        }
        for (var left = peers.Length - 1 - rank; left > 0; left--)
        {
            var peer = Accept(listener, deadline);
            var (other, _) = Greeted(peer, peers.Length);
            VaeException.Require(other > rank && other < peers.Length, "ranks", "must connect to those before them", other);
            peers[other] = peer;
        }
    }

    private static Socket Listen(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(at);
        socket.Listen();
        return socket;
    }

    private static Socket Accept(Socket listener, CancellationToken deadline) =>
        Ready(listener.AcceptAsync(deadline).AsTask().GetAwaiter().GetResult());

    // The other rank may not listen yet.
    private static Socket Reach(IPEndPoint at, CancellationToken deadline)
    {
        while (true)
        {
            var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.ConnectAsync(at, deadline).AsTask().GetAwaiter().GetResult();
                return Ready(socket);
            }
            catch (SocketException) when (!deadline.IsCancellationRequested)
            {
                socket.Dispose();
                deadline.WaitHandle.WaitOne(Pause);
            }
        }
    }

    // A machine that vanishes closes no connection: the system asks for it after a while.
    private static Socket Ready(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        return socket;
    }

    private static void Greet(Socket socket, int rank, int count, int port)
    {
        var bytes = new byte[Greeting];
        foreach (var (value, i) in new[] { Magic, rank, count, port }.Select((value, i) => (value, i)))
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), value);
        socket.Send(bytes);
    }

    private static (int Rank, int Port) Greeted(Socket socket, int count)
    {
        var bytes = new byte[Greeting];
        int At(int i) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i));
        try
        {
            Receive(socket, bytes, -1);
            VaeException.Require(At(0) == Magic, "ranks", "must be connected by ranks only", "another program at the port");
            VaeException.Require(At(2) == count, "ranks", $"must all have the same number of ranks, {count} as this one", At(2));
            return (At(1), At(3));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Fills a buffer from a rank; −1 for one whose number is not known yet.</summary>
    public static void Receive(Socket socket, Span<byte> into, int rank)
    {
        for (var got = 0; got < into.Length;)
        {
            var count = socket.Receive(into[got..]);
            if (count == 0)
                throw new VaeException(rank < 0 ? "ranks: must stay until all have met, got a closed connection"
                    : $"ranks: rank {rank} must stay until the run ends, got a closed connection");
            got += count;
        }
    }

    // A rank on rank 0's own machine may have come by its loopback address, at which others do not reach it.
    private static void Write(Span<byte> into, IPAddress seen, IPAddress host, int port)
    {
        (IPAddress.IsLoopback(seen) ? host : seen).MapToIPv6().TryWriteBytes(into, out _);
        BinaryPrimitives.WriteInt32LittleEndian(into[16..], port);
    }

    private static IPEndPoint Read(ReadOnlySpan<byte> from)
    {
        var address = new IPAddress(from[..16]);
        return new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, BinaryPrimitives.ReadInt32LittleEndian(from[16..]));
    }
}
