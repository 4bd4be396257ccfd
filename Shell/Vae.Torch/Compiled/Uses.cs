namespace Vae.Torch;

/// <summary>
/// Names of further uses of a network in a step: <c>decoder@2</c> contributes to the gradients of the decoder's weights;
/// <c>decoder@constant</c> holds its weights constant; <c>decoder@echo</c> does so too and changes no running statistic.
/// </summary>
internal static class Uses
{
    public const string Constant = "@constant", Echo = "@echo";

    /// <summary>The name without the part that tells uses apart: <c>encoder@2.0.weight</c> → <c>encoder.0.weight</c>.</summary>
    public static string Tensor(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
            return name;
        var end = name.IndexOf('.', at);
        return end < 0 ? name[..at] : name[..at] + name[end..];
    }

    /// <summary>Whether the derivatives by its weights count.</summary>
    public static bool Counts(string name) => !name.Contains(Constant, StringComparison.Ordinal) && !IsEcho(name);

    /// <summary>Whether it repeats a use, for its derivatives only.</summary>
    public static bool IsEcho(string name) => name.Contains(Echo, StringComparison.Ordinal);
}
