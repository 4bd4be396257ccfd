namespace Vae.Torch;

/// <summary>
/// An error for the user. The message has path, rule and what was got: <c>data.labels: must be below 10, got 12</c>. Control characters
/// are written as their codes, and long lines are cut, since parts of a message may come from files.
/// </summary>
public sealed class VaeException : Exception
{
    /// <summary>Creates an error without an underlying cause.</summary>
    /// <param name="message">One line for each problem.</param>
    public VaeException(string message) : base(Messages.Clean(message)) { }

    /// <summary>Creates an error that explains another.</summary>
    /// <param name="message">One line for each problem; enough to act on without the cause.</param>
    /// <param name="inner">The cause.</param>
    public VaeException(string message, Exception inner) : base(Messages.Clean(message), inner) { }

    /// <summary>Whether every rank of a run throws it at the same place, so that one reports it for all.</summary>
    internal bool IsOfAllRanks { get; init; }

    /// <summary>Throws one error that lists every problem, if there is any.</summary>
    /// <param name="problems">The problems found; may be empty.</param>
    /// <exception cref="VaeException">There is at least one problem; the message has a line for each.</exception>
    public static void ThrowIfAny(ValueList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Throws "path: rule, got …" unless the condition holds.</summary>
    internal static void Require(bool holds, string path, string rule, object? got)
    {
        if (!holds)
            throw new VaeException($"{path}: {rule}, got {got}");
    }

    /// <summary>Returns the value, or throws one error that lists every problem.</summary>
    /// <param name="validated">A value or its problems.</param>
    /// <exception cref="VaeException">The value is invalid; the message has a line for each problem.</exception>
    public static T Unwrap<T>(Validated<T> validated) => validated.Match(
        value => value,
        problems => throw new VaeException(string.Join(Environment.NewLine, problems)));
}
