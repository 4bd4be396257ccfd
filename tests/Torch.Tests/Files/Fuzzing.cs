using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Vae.Torch.Tests;

/// <summary>
/// Gives a reader damaged files: each is read, or refused with a message that neither controls nor fills a terminal, in bounded time and
/// memory.
/// </summary>
internal sealed class Fuzzing(ITestOutputHelper output)
{
    private const long Slack = 64 << 20;
    private const int ShownFaults = 5, LongestMessage = 20_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private string hangs = "";
    private int accepted, refused;
    private TimeSpan slowest;
    private long largest;

    /// <summary>Reads the whole file, which must be good, and then its mutants; prints a row of figures.</summary>
    /// <param name="name">The format, for messages.</param>
    /// <param name="seed">The whole file.</param>
    /// <param name="write">Writes the content of a file and returns its path.</param>
    /// <param name="read">Reads the file at a path, as far as a command would.</param>
    public void Try(string name, byte[] seed, Func<byte[], string> write, Action<string> read)
    {
        Assert.Null(Record.Exception(() => read(write(seed))));
        (accepted, refused, slowest, largest) = (0, 0, default, 0);
        var faults = new List<string>();
        for (var i = 0; i < Mutations.Count && faults.Count < ShownFaults && hangs.Length == 0; i++)
        {
            var mutant = Mutations.Mutant(seed, i);
            if (Fault(mutant, write(mutant), read) is { } fault)
                faults.Add($"{name}, mutant {i}: {fault}");
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {accepted + refused} mutants, {accepted} read, {refused} refused, {faults.Count} faults; "
            + $"at most {slowest.TotalMilliseconds:0} ms and {largest / 1048576.0:0.0} MiB allocated"));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private string? Fault(byte[] mutant, string path, Action<string> read)
    {
        var (before, began) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var reading = Task.Run(() => Record.Exception(() => read(path)));
        if (!reading.Wait(2 * Longest))
            return hangs = $"{path} is read for ever";
        var error = reading.Result;
        var (taken, time) = (GC.GetTotalAllocatedBytes() - before, Stopwatch.GetElapsedTime(began));
        (accepted, refused) = (accepted + (error is null ? 1 : 0), refused + (error is null ? 0 : 1));
        (slowest, largest) = (time > slowest ? time : slowest, Math.Max(largest, taken));
        return error is not (null or VaeException) ? $"{error}"
            : error is not null && (error.Message.Length >= LongestMessage || error.Message.Contains('\u001b')) ? error.Message
            : time > Longest ? $"{time}"
            : taken > 2L * mutant.Length + Slack ? $"{taken} bytes for {mutant.Length}" : null;
    }
}
