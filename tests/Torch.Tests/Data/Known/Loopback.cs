using System.Net;
using System.Net.Sockets;

namespace Vae.Torch.Tests;

/// <summary>A web server on this machine whose answers are given one by one.</summary>
internal sealed class Loopback : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Queue<Action<HttpListenerContext>> answers;

    public Loopback(params Action<HttpListenerContext>[] answers)
    {
        this.answers = new(answers);
        // The port was free a moment ago; the listener cannot choose one itself.
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Task.Run(Serve);
    }

    public Uri Address { get; }

    public List<string> Ranges { get; } = [];

    public static Action<HttpListenerContext> Status(int code) => context =>
    {
        context.Response.StatusCode = code;
        context.Response.Close();
    };

    public static Action<HttpListenerContext> Whole(byte[] bytes) => context => context.Response.Close(bytes, willBlock: true);

    /// <summary>Announces everything, sends the first bytes and hangs up.</summary>
    public static Action<HttpListenerContext> Cut(byte[] bytes, int after) => context =>
    {
        context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes, 0, after);
        context.Response.OutputStream.Flush();
        context.Response.Abort();
    };

    /// <summary>Honours the range that was asked for.</summary>
    public static Action<HttpListenerContext> Rest(byte[] bytes) => context =>
    {
        var from = int.Parse(context.Request.Headers["Range"]!["bytes=".Length..^1], System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = 206;
        context.Response.AddHeader("Content-Range", $"bytes {from}-{bytes.Length - 1}/{bytes.Length}");
        context.Response.Close(bytes[from..], willBlock: true);
    };

    public void Dispose() => listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync().ConfigureAwait(false);
                Ranges.Add(context.Request.Headers["Range"] ?? "");
                (answers.Count > 0 ? answers.Dequeue() : Status(500))(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed by Dispose.
        }
    }
}
