namespace Vae;

/// <summary>What <see cref="Flow.MaskedAutoregressive"/> means; without parameters from an encoder.</summary>
internal sealed record MaskedAutoregressiveFlow(int Width, bool Reversed) : IFlow
{
    public string Name => "masked autoregressive";

    public bool DrawsAtOnce => false;

    public ValueList<Parameter> Learned(int latent, bool inPosterior) => Network(latent).Learned;

    public ValueList<Problem> Problems(int latent, string path) => Rules.Size($"{path}.width", Width);

    public FlowStep<T> Forward<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var to = z;
        // Each pass puts one dimension more right, in their order.
        for (var pass = 0; pass < z.Dims[1]; pass++)
        {
            var (m, a) = Moves(state, to);
            to = m + T.Exp(a) * z;
        }
        return new(to, T.SumEvent(Moves(state, to).Second));
    }

    public FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var (m, a) = Moves(state, z);
        return new((z - m) * T.Exp(-a), -T.SumEvent(a));
    }

    private Pair<T> Moves<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var pair = Pair<T>.Of(Network(z.Dims[1]).Apply(state, null, z));
        return pair with { Second = LogScales.Bounded(pair.Second) };
    }

    private MaskedNetwork Network(int latent) => new(latent, 1, 2, Width, Reversed);
}
