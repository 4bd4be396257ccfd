namespace Vae;

/// <summary>What <see cref="Flow.InverseAutoregressive"/> means; given is what joins the hidden units.</summary>
internal sealed record InverseAutoregressiveFlow(int Width, bool Reversed) : IFlow
{
    // Gates start nearly open, so that a new step hardly moves anything: Kingma et al. 2016, section 4.
    private const double OpenGate = 2;

    public string Name => "inverse autoregressive";

    public bool InvertsAtOnce => false;

    public long Outputs(int latent) => Width;

    public ValueList<Parameter> Learned(int latent, bool inPosterior) => Network(latent).Learned;

    public ValueList<Problem> Problems(int latent, string path) => Rules.Size($"{path}.width", Width);

    public FlowStep<T> Forward<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var (m, s) = Gates(state, given, z);
        var gate = T.Sigmoid(s);
        return new(gate * z + (1.0 - gate) * m, T.SumEvent(T.LogSigmoid(s)));
    }

    public FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var from = z;
        // Each pass puts one dimension more right, in their order.
        for (var pass = 0; pass < z.Dims[1]; pass++)
        {
            var (m, s) = Gates(state, given, from);
            var gate = T.Sigmoid(s);
            from = (z - (1.0 - gate) * m) / gate;
        }
        return new(from, -T.SumEvent(T.LogSigmoid(Gates(state, given, from).Second)));
    }

    private Pair<T> Gates<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var pair = Pair<T>.Of(Network(z.Dims[1]).Apply(state, given, z));
        return pair with { Second = pair.Second + OpenGate };
    }

    private MaskedNetwork Network(int latent) => new(latent, 1, 2, Width, Reversed);
}
