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

/// <summary>Two numbers that a network gives for each position, each [B, P].</summary>
internal readonly record struct Pair<T>(T First, T Second) where T : struct, ITensor<T>
{
    /// <summary>[B, P, 2] taken apart.</summary>
    public static Pair<T> Of(T both) => new(
        T.Reshape(T.Slice(both, 2, 0, 1), both.Dims[0], both.Dims[1]), T.Reshape(T.Slice(both, 2, 1, 1), both.Dims[0], both.Dims[1]));
}

internal static class LogScales
{
    // A network's guess on strange inputs must not blow up in eᵃ; what more is needed, more steps give.
    private const double Most = 2;

    /// <summary>A logarithm of a scale, smoothly kept within ±2.</summary>
    public static T Bounded<T>(T logScale) where T : struct, ITensor<T> => Most * T.Tanh(logScale / Most);
}
