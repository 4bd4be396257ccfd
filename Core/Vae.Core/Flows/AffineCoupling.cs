namespace Vae;

/// <summary>What <see cref="Flow.AffineCoupling"/> means: the first half moves the second, or the second the first; given is what joins the hidden units.</summary>
internal sealed record AffineCouplingFlow(int Width, bool Reversed) : IFlow
{
    private const string InWeight = "in.weight", InBias = "in.bias", OutWeight = "out.weight", OutBias = "out.bias";

    public string Name => "affine coupling";

    public long Outputs(int latent) => Width;

    public ValueList<Parameter> Learned(int latent, bool inPosterior)
    {
        var (fixedOnes, moved) = (Kept(latent), latent - Kept(latent));
        return [
            new(InWeight, new([Width, fixedOnes]), new(1 / Math.Sqrt(fixedOnes), 0), true), new(InBias, Shape.Vector(Width), new(1 / Math.Sqrt(fixedOnes), 0), true),
            new(OutWeight, new([2 * moved, Width]), new(1 / Math.Sqrt(Width), 0), true), new(OutBias, Shape.Vector(2 * moved), new(0, 0), true)];
    }

    public ValueList<Problem> Problems(int latent, string path) => [
        .. Rules.Size($"{path}.width", Width),
        .. Rules.If(latent == 1, path, "needs at least 2 latent dimensions, of which one half moves the other", latent)];

    public FlowStep<T> Forward<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var (kept, moved) = Halves(z);
        var (m, a) = Moves(state, given, kept);
        return new(Joined(kept, m + T.Exp(a) * moved), T.SumEvent(a));
    }

    public FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var (kept, moved) = Halves(z);
        var (m, a) = Moves(state, given, kept);
        return new(Joined(kept, (moved - m) * T.Exp(-a)), -T.SumEvent(a));
    }

    private static int Kept(int latent) => (latent + 1) / 2;

    private Pair<T> Moves<T>(PartState<T> state, T? given, T kept) where T : struct, ITensor<T>
    {
        var hidden = T.MatMul(kept, T.Transpose(state[InWeight])) + state[InBias];
        hidden = given is { } more ? hidden + more : hidden;
        var both = T.MatMul(hidden * T.Sigmoid(hidden), T.Transpose(state[OutWeight])) + state[OutBias];
        var size = both.Dims[1] / 2;
        return new(T.Slice(both, 1, 0, size), LogScales.Bounded(T.Slice(both, 1, size, size)));
    }

    private Pair<T> Halves<T>(T z) where T : struct, ITensor<T>
    {
        var (size, kept) = (z.Dims[1], Kept(z.Dims[1]));
        return Reversed
            ? new(T.Slice(z, 1, size - kept, kept), T.Slice(z, 1, 0, size - kept))
            : new(T.Slice(z, 1, 0, kept), T.Slice(z, 1, kept, size - kept));
    }

    private T Joined<T>(T kept, T moved) where T : struct, ITensor<T> => Reversed ? T.Concat(moved, kept, 1) : T.Concat(kept, moved, 1);
}
