namespace Vae;

/// <summary>
/// A network of one hidden layer whose outputs for a position depend only on the inputs of preceding positions; Germain et al. 2015,
/// section 4.
/// </summary>
/// <param name="Positions">P, the number of positions.</param>
/// <param name="Inputs">I, the numbers of input for each position.</param>
/// <param name="Outputs">O, the numbers of output for each position.</param>
/// <param name="Width">W, the number of hidden units.</param>
/// <param name="Reversed">Whether the order of positions is reversed.</param>
internal sealed record MaskedNetwork(int Positions, int Inputs, int Outputs, int Width, bool Reversed)
{
    private const string InWeight = "in.weight", InBias = "in.bias", OutWeight = "out.weight", OutBias = "out.bias";

    public ValueList<Parameter> Learned => [
        new(InWeight, new([Width, Positions * Inputs]), new(1 / Math.Sqrt(Positions * (double)Inputs), 0), true),
        new(InBias, Shape.Vector(Width), new(1 / Math.Sqrt(Positions * (double)Inputs), 0), true),
        new(OutWeight, new([Positions * Outputs, Width]), new(1 / Math.Sqrt(Width), 0), true),
        new(OutBias, Shape.Vector(Positions * Outputs), new(0, 0), true)];

    /// <summary>x [B, P·I] → [B, P, O]. The context [B, W], if any, is added to the hidden units.</summary>
    public T Apply<T>(PartState<T> state, T? context, T x) where T : struct, ITensor<T>
    {
        var inWeight = T.Reshape(Masked(state[InWeight], [Width, Positions, Inputs], InMask()), Width, Positions * Inputs);
        var outWeight = Masked(T.Reshape(state[OutWeight], Positions, Outputs, Width), [Positions, Outputs, Width], OutMask());
        outWeight = T.Reshape(outWeight, Positions * Outputs, Width);
        var hidden = T.MatMul(x, T.Transpose(inWeight)) + state[InBias];
        hidden = context is { } more ? hidden + more : hidden;
        return T.Reshape(T.MatMul(hidden * T.Sigmoid(hidden), T.Transpose(outWeight)) + state[OutBias], x.Dims[0], Positions, Outputs);
    }

    private static T Masked<T>(T weight, int[] dims, Mask mask) where T : struct, ITensor<T> =>
        T.Reshape(weight, dims) * T.Constant(weight, [.. mask.Values], [.. mask.Dims]);

    private sealed record Mask(ValueList<double> Values, ValueList<int> Dims);

    // A hidden unit depends on the positions up to its degree. No output could use a unit that depends on the last position.
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
