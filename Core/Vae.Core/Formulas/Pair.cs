namespace Vae;

/// <summary>Two numbers that a network returns for each position, each [B, P].</summary>
internal readonly record struct Pair<T>(T First, T Second) where T : struct, ITensor<T>
{
    /// <summary>Splits [B, P, 2].</summary>
    public static Pair<T> Split(T both) => new(
        T.Reshape(T.Slice(both, 2, 0, 1), both.Dims[0], both.Dims[1]), T.Reshape(T.Slice(both, 2, 1, 1), both.Dims[0], both.Dims[1]));
}
