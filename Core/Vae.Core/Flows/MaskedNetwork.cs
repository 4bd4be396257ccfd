namespace Vae;

/// <summary>
/// A network of one hidden layer whose outputs for a position depend only on the inputs of the positions before it;
/// Germain et al. 2015, section 4.
/// </summary>
/// <param name="Positions">P.</param>
/// <param name="Inputs">Numbers of each position.</param>
/// <param name="Outputs">Numbers given for each.</param>
/// <param name="Width">Hidden units.</param>
/// <param name="Reversed">Whether the last position comes first.</param>
internal sealed record MaskedNetwork(int Positions, int Inputs, int Outputs, int Width, bool Reversed)
{
    private const string InWeight = "in.weight", InBias = "in.bias", OutWeight = "out.weight", OutBias = "out.bias";

    public ValueList<Parameter> Learned => [
        new(InWeight, new([Width, Positions * Inputs]), new(1 / Math.Sqrt(Positions * (double)Inputs), 0), true),
        new(InBias, Shape.Vector(Width), new(1 / Math.Sqrt(Positions * (double)Inputs), 0), true),
        new(OutWeight, new([Positions * Outputs, Width]), new(1 / Math.Sqrt(Width), 0), true),
        new(OutBias, Shape.Vector(Positions * Outputs), new(0, 0), true)];

    /// <summary>x [B, P·I], and what is added to the hidden units [B, W] or nothing → [B, P, O].</summary>
    public T Apply<T>(PartState<T> state, T? context, T x) where T : struct, ITensor<T>
    {
        var seen = T.Reshape(Masked(state[InWeight], [Width, Positions, Inputs], InMask()), Width, Positions * Inputs);
        var spoken = Masked(T.Reshape(state[OutWeight], Positions, Outputs, Width), [Positions, Outputs, Width], OutMask());
        spoken = T.Reshape(spoken, Positions * Outputs, Width);
        var hidden = T.MatMul(x, T.Transpose(seen)) + state[InBias];
        hidden = context is { } more ? hidden + more : hidden;
        return T.Reshape(T.MatMul(hidden * T.Sigmoid(hidden), T.Transpose(spoken)) + state[OutBias], x.Dims[0], Positions, Outputs);
    }

    private static T Masked<T>(T weight, int[] dims, Mask mask) where T : struct, ITensor<T> =>
        T.Reshape(weight, dims) * T.Constant(weight, [.. mask.Values], [.. mask.Dims]);

    private sealed record Mask(ValueList<double> Values, ValueList<int> Dims);

    // A hidden unit knows the positions up to its own degree; that of the last position would be of no use.
    private int Degree(int unit) => unit % Math.Max(Positions - 1, 1);

    private int Order(int position) => Reversed ? Positions - 1 - position : position;

    private Mask InMask() => new(ValueList.From(
        from unit in Enumerable.Range(0, Width)
        from position in Enumerable.Range(0, Positions)
        select Order(position) <= Degree(unit) ? 1.0 : 0), [Width, Positions, 1]);

    private Mask OutMask() => new(ValueList.From(
        from position in Enumerable.Range(0, Positions)
        from unit in Enumerable.Range(0, Width)
        select Degree(unit) < Order(position) ? 1.0 : 0), [Positions, 1, Width]);
}
