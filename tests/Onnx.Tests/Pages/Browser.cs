using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vae.Torch.Tests;

/// <summary>Chromium without a window, driven by the DevTools protocol. It starts with its first page.</summary>
public sealed partial class Browser : IAsyncLifetime
{
    private static readonly string? Program = Programs.Find("chromium", "chromium-browser", "google-chrome", "chrome");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder folder = new();
    private readonly ClientWebSocket socket = new();
    private readonly List<string> troubles = [];
    private Process? process;
    private string session = "";
    private int last;

    /// <summary>Whether Chromium is installed.</summary>
    public static bool IsThere => Program is not null;

    /// <summary>Exceptions and errors of the page, those of its security policy among them.</summary>
    public IReadOnlyList<string> Troubles => troubles;

    /// <summary>Shows a page in a new tab, from a file: there is no server.</summary>
    public async Task Open(string html, int width)
    {
        if (process is null)
            await Start();
        if (session.Length > 0)
            await Send("Page.close", []);
        session = "";
        troubles.Clear();
        await Attach(width);
        var page = new Uri(folder.Write("page.html", Encoding.UTF8.GetBytes(html)));
        await Send("Page.navigate", new() { ["url"] = page.AbsoluteUri });
        while (!await Evaluate<bool>("document.readyState === 'complete' && location.protocol === 'file:'"))
            await Task.Delay(20);
        await Drawn();
    }

    /// <summary>The value of an expression in the page; a promise is awaited.</summary>
    public async Task<T> Evaluate<T>(string expression)
    {
        var answer = await Send("Runtime.evaluate", new()
        {
            ["expression"] = expression,
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
        });
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"].Deserialize<T>()!;
    }

    /// <summary>Waits until the page has drawn its last change.</summary>
    public Task Drawn() => Evaluate<bool>("new Promise(go => requestAnimationFrame(() => requestAnimationFrame(() => go(true))))");

    /// <summary>
    /// Taps an element until something holds: on a busy machine a tap may last so long that it is a press, which clicks nothing.
    /// </summary>
    public async Task Tap(string selector, string until)
    {
        for (var clock = Stopwatch.StartNew(); !await Evaluate<bool>(until);)
        {
            Assert.True(clock.Elapsed < Patience, $"never: {until}");
            await Touch(selector, (0.5, 0.5));
            // A tap becomes a click later.
            for (var i = 0; i < 25 && !await Evaluate<bool>(until); i++)
                await Task.Delay(20);
        }
        await Drawn();
    }

    /// <summary>Presses and releases a key.</summary>
    public async Task Press(string key, int code)
    {
        foreach (var type in new[] { "keyDown", "keyUp" })
            await Send("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        await Drawn();
    }

    /// <summary>Touches a place of an element, given as shares of its width and height, and moves on to others.</summary>
    public async Task Touch(string selector, params (double Left, double Top)[] places)
    {
        var element = $"document.querySelector('{selector}')";
        await Evaluate<bool>($"({element}.scrollIntoView({{ block: 'center' }}), true)");
        // Touches go to what has been drawn.
        await Drawn();
        var box = await Evaluate<double[]>($"(b => [b.left, b.top, b.width, b.height])({element}.getBoundingClientRect())");
        JsonArray At((double Left, double Top) place) =>
            [new JsonObject { ["x"] = box[0] + place.Left * box[2], ["y"] = box[1] + place.Top * box[3] }];
        await Send("Input.dispatchTouchEvent", new() { ["type"] = "touchStart", ["touchPoints"] = At(places[0]) });
        foreach (var place in places.Skip(1))
            await Send("Input.dispatchTouchEvent", new() { ["type"] = "touchMove", ["touchPoints"] = At(place) });
        await Send("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = new JsonArray() });
        await Drawn();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (process is not null)
        {
            // Chromium ends its helpers itself when it is asked to; some outlive a kill.
            session = "";
            try
            {
                await Send("Browser.close", []);
                await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5));
            }
            catch (Exception e) when (e is WebSocketException or TimeoutException or InvalidOperationException or OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
            process.Dispose();
        }
        socket.Dispose();
        folder.Dispose();
    }

    private async Task Start()
    {
        // The sandbox needs rights that root in a container does not have.
        process = Process.Start(new ProcessStartInfo(Program!, [
            "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", $"--user-data-dir={folder["profile"]}",
            "about:blank"])
        { RedirectStandardError = true })!;
        var address = new TaskCompletionSource<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (Address().Match(line.Data ?? "") is { Success: true } found)
                address.TrySetResult(found.Value);
        };
        process.BeginErrorReadLine();
        await socket.ConnectAsync(new(await address.Task.WaitAsync(Patience)), default);
    }

    private async Task Attach(int width)
    {
        var target = await Send("Target.createTarget", new() { ["url"] = "about:blank" });
        session = (string)(await Send(
            "Target.attachToTarget", new() { ["targetId"] = (string)target["targetId"]!, ["flatten"] = true }))["sessionId"]!;
        await Send("Runtime.enable", []);
        await Send("Log.enable", []);
        await Send("Emulation.setDeviceMetricsOverride", new()
        {
            ["width"] = width,
            ["height"] = 844,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = width < 500,
        });
        await Send("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        var message = new JsonObject { ["id"] = ++last, ["method"] = method, ["params"] = parameters };
        if (session.Length > 0)
            message["sessionId"] = session;
        using var patience = new CancellationTokenSource(Patience);
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, patience.Token);
        while (true)
        {
            var answer = JsonNode.Parse(await Received(patience.Token))!;
            if ((int?)answer["id"] == last)
                return answer["result"] ?? throw new InvalidOperationException($"{method}: {answer["error"]?.ToJsonString()}");
            if ((string?)answer["method"] is "Runtime.exceptionThrown" or "Log.entryAdded")
                troubles.Add(answer["params"]!.ToJsonString());
        }
    }

    private async Task<byte[]> Received(CancellationToken patience)
    {
        using var all = new MemoryStream();
        var part = new byte[1 << 16];
        while (true)
        {
            var got = await socket.ReceiveAsync(part, patience);
            all.Write(part, 0, got.Count);
            if (got.EndOfMessage)
                return all.ToArray();
        }
    }

    [GeneratedRegex(@"ws://\S+")]
    private static partial Regex Address();
}
