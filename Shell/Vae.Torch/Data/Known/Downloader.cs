using System.Net;
using System.Net.Http.Headers;

namespace Vae.Torch;

/// <summary>A file verified by its digest, so that any mirror may serve it.</summary>
/// <param name="Name">Name at every mirror and on disk.</param>
/// <param name="Digest">The digest.</param>
internal sealed record RemoteFile(string Name, Digest Digest);

/// <summary>Progress of a download.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Received">Bytes received so far.</param>
/// <param name="Total">Size of the file in bytes; 0 if unknown.</param>
public sealed record DownloadProgress(string File, long Received, long Total);

/// <summary>
/// Downloads files over HTTPS: resumes partial files, tries all mirrors, and verifies a file before it gets its final name.
/// </summary>
/// <param name="mirrors">Folders, each ending in a slash; tried in this order. Plain HTTP is allowed from this machine only.</param>
/// <param name="handler">Handler of HTTP requests; the downloader owns it.</param>
/// <param name="backoff">Wait before the second round over the mirrors; doubled before each further round.</param>
/// <param name="stall">Longest wait for the next bytes.</param>
/// <param name="progress">Receives download progress.</param>
internal sealed class Downloader(
    IReadOnlyList<Uri> mirrors, HttpMessageHandler handler, TimeSpan backoff, TimeSpan stall, IProgress<DownloadProgress>? progress = null)
    : IDisposable
{
    private const int Rounds = 4;
    private const long LargestFile = 1L << 30;

    private readonly HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Where a test lets all downloads go, without waits; null outside tests.</summary>
    public static Uri? Elsewhere { get; set; }

    /// <summary>A downloader with the waits that suit the internet.</summary>
    public static Downloader Over(IReadOnlyList<Uri> mirrors, IProgress<DownloadProgress>? progress = null) => Elsewhere is { } test
        ? new([test], new SocketsHttpHandler(), TimeSpan.Zero, TimeSpan.FromSeconds(5), progress)
        : new(mirrors, new SocketsHttpHandler(), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), progress);

    /// <summary>
    /// Downloads a file into <paramref name="folder"/> and returns its path. A partial file lies beside it as .part and is
    /// resumed.
    /// </summary>
    /// <exception cref="VaeException">No mirror has the file, or the folder is not writable.</exception>
    public async Task<string> FetchAsync(RemoteFile file, string folder, CancellationToken cancel = default)
    {
        var path = Path.Combine(folder, file.Name);
        var failures = new Dictionary<Uri, string>();
        try
        {
            Disk.CreateFolder(folder);
            // Ranks and sweeps begin together; the others wait for the first.
            using var alone = await FileLock.TakeAsync(path + ".lock", delete: true, cancel).ConfigureAwait(false);
            if (File.Exists(path))
                return path;
            for (var round = 0; round < Rounds; round++)
            {
                await Task.Delay(round == 0 ? TimeSpan.Zero : backoff * (1 << (round - 1)), cancel).ConfigureAwait(false);
                foreach (var mirror in mirrors)
                    if ((failures[mirror] = await TryAsync(mirror, file, path, cancel).ConfigureAwait(false)).Length == 0)
                        return path;
            }
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be writable, with room for the file, got: {e.Message}", e);
        }
        var reasons = failures.Select(f => $"{f.Key} ({f.Value})");
        throw new VaeException($"{file.Name}: must come from one of its mirrors, got: {string.Join("; ", reasons)}. "
            + $"Put the file into {folder} by hand, or name a folder that has it (data.root)");
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Tries a mirror and returns why it failed; empty if the file is in place.</summary>
    private async Task<string> TryAsync(Uri mirror, RemoteFile file, string path, CancellationToken cancel)
    {
        var address = new Uri(mirror, file.Name);
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
            return "not HTTPS";
        var part = path + ".part";
        var trouble = await FillAsync(address, file, part, cancel).ConfigureAwait(false);
        if (trouble.Length == 0)
            File.Move(part, path, overwrite: true);
        else if (new FileInfo(part).Length == 0)
            File.Delete(part);
        return trouble;
    }

    private async Task<string> FillAsync(Uri address, RemoteFile file, string part, CancellationToken cancel)
    {
        using var stream = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var trouble = await ReceiveAsync(address, stream, cancel).ConfigureAwait(false);
        if (trouble.Length > 0)
            return trouble;
        trouble = file.Digest.Unlike(stream);
        // A wrong file must not be resumed.
        if (trouble.Length > 0)
            stream.SetLength(0);
        stream.Flush(flushToDisk: true);
        return trouble;
    }

    private async Task<string> ReceiveAsync(Uri address, FileStream part, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(stall);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (part.Length > 0)
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token)
                .ConfigureAwait(false);
            if (Place(response, part) is { Length: > 0 } trouble)
                return trouble;
            using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            var total = part.Length + (response.Content.Headers.ContentLength ?? -part.Length);
            return await CopyAsync(body, part, new(address.Segments[^1], 0, total), patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"no data for {stall.TotalSeconds} s";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Sets the position in the partial file: its end if the server resumes, else its start. Returns what is wrong, if anything.
    /// </summary>
    private static string Place(HttpResponseMessage response, FileStream part)
    {
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            part.SetLength(0);
        if (!response.IsSuccessStatusCode)
            return $"HTTP {(int)response.StatusCode}";
        if (response.StatusCode != HttpStatusCode.PartialContent)
            part.SetLength(0);
        else if (response.Content.Headers.ContentRange?.From != part.Length)
            return "it resumed at another byte";
        part.Seek(0, SeekOrigin.End);
        return "";
    }

    private async Task<string> CopyAsync(Stream body, FileStream part, DownloadProgress state, CancellationTokenSource patience)
    {
        var buffer = new byte[1 << 16];
        while (true)
        {
            var count = 0;
            try
            {
                count = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                return $"interrupted after {part.Length} bytes: {e.Message}";
            }
            if (count == 0)
                return "";
            if (part.Length + count > LargestFile)
                return $"more than {LargestFile} bytes";
            part.Write(buffer, 0, count);
            progress?.Report(state with { Received = part.Length });
            patience.CancelAfter(stall);
        }
    }
}
