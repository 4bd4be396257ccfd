using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Vae.Torch;

/// <summary>Explains errors of the native library, of the runtime's memory and of the system's files in one sentence.</summary>
internal static partial class NativeErrors
{
    internal const string Advice = "use a lower train.batch, data.limit or count, fewer samples or draws, or a smaller model";

    /// <summary>The error for the user; null for an exception that is neither native nor about memory, sizes or files.</summary>
    /// <param name="e">What was thrown; one inside it counts too.</param>
    public static VaeException? Explain(Exception e) => e switch
    {
        VaeException known => known,
        AggregateException { InnerExceptions: [var first, ..] } => Explain(first),
        OutOfMemoryException or InsufficientMemoryException => new($"memory: must hold what was asked for ({Advice}), got: {e.Message}", e),
        OverflowException => new($"size: must be a number of values that an array can have ({Advice}), got: {e.Message}", e),
        ExternalException => OfTorch(e),
        // Where a path is known, the message names it; this is for the rest: a full standard output, a terminal that is gone.
        IOException or UnauthorizedAccessException => new($"disk: must be readable and writable, got: {e.Message}", e),
        System.Reflection.TargetInvocationException or TypeInitializationException when e.InnerException is { } inner => Explain(inner),
        _ => null,
    };

    private static VaeException OfTorch(Exception e)
    {
        // Below the first line stands the library's own stack trace.
        var reason = e.Message.Split('\n')[0].Trim();
        if (OfGpu().Match(e.Message) is { Success: true } more)
            return new($"memory: must hold what was asked for ({Advice}), got no room for {more.Groups[1].Value} more on the GPU", e);
        if (Bytes().Match(e.Message) is { Success: true } asked)
            return new($"memory: must hold what was asked for ({Advice}), got no room for {Size(asked.Groups[1].Value)} more", e);
        if (Memory().IsMatch(e.Message))
            return new($"memory: must hold what was asked for ({Advice}), got: {reason}", e);
        return Overflow().IsMatch(e.Message)
            ? new($"size: must be a number of values that a tensor can have ({Advice}), got: {reason}", e)
            : new($"torch: must be able to compute this, got: {reason}", e);
    }

    private static string Size(string bytes) => double.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? string.Create(CultureInfo.InvariantCulture, $"{count / (1 << 30):0.0} GiB") : $"{bytes} bytes";

    [GeneratedRegex(@"tried to allocate (\d+) bytes", RegexOptions.IgnoreCase)]
    private static partial Regex Bytes();

    [GeneratedRegex(@"CUDA out of memory\. Tried to allocate (\d+(?:\.\d+)? [KMGT]i?B|\d+ bytes)", RegexOptions.IgnoreCase)]
    private static partial Regex OfGpu();

    [GeneratedRegex("out of memory|can't allocate memory|not enough memory|bad_alloc|STATUS_ALLOC_FAILED", RegexOptions.IgnoreCase)]
    private static partial Regex Memory();

    [GeneratedRegex("overflow|out of range|too large|negative dimension|must be non-negative", RegexOptions.IgnoreCase)]
    private static partial Regex Overflow();
}
