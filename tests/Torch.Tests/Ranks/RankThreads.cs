using System.Net;
using System.Net.Sockets;

namespace Vae.Torch.Tests;

/// <summary>Ranks as threads of this process that are connected by TCP.</summary>
internal static class RankThreads
{
    /// <summary>Calls a function on every rank at once; the results in the order of the ranks, or the first error.</summary>
    public static T[] Run<T>(int count, Func<RankGroup, T> call)
    {
        var port = FreePort();
        var ranks = Enumerable.Range(0, count).Select(rank => Task.Factory.StartNew(() =>
        {
            using var group = Torch.Ranks.Tcp("127.0.0.1", port, rank, count);
            return call(group);
        }, TaskCreationOptions.LongRunning)).ToArray();
        return [.. ranks.Select(rank => rank.GetAwaiter().GetResult())];
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
