namespace Vae.Torch;

/// <summary>An error for the person at the keyboard. The message says path, rule, got: <c>data.labels: must be below 10, got 12</c>.</summary>
public sealed class VaeException : Exception
{
    /// <summary>An error with no cause below it.</summary>
    public VaeException(string message) : base(message) { }

    /// <summary>An error that explains another; the message alone must be enough to act on.</summary>
    public VaeException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Throws one error with every problem, a line each; nothing where there is none.</summary>
    public static void ThrowIfAny(ValueList<Problem> problems)
    {
        if (problems.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Throws "path: rule, got got" unless the condition holds.</summary>
    internal static void Require(bool holds, string path, string rule, object? got)
    {
        if (!holds)
            throw new VaeException($"{path}: {rule}, got {got}");
    }

    /// <summary>The value, or an error with every problem.</summary>
    public static T Unwrap<T>(Validated<T> validated) => validated.Match(
        value => value,
        problems => throw new VaeException(string.Join(Environment.NewLine, problems)));
}
