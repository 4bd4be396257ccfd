namespace Vae;

public abstract partial record Flow
{
    /// <summary>
    /// Masked autoregressive flow: m + eᵃ u, where m and a (in ±2) are functions of the preceding dimensions of z, in the order of z or,
    /// at every second step, in reverse order. For priors: a density takes one pass of its network, a draw takes one pass for each
    /// dimension; Papamakarios et al. 2017.
    /// </summary>
    /// <param name="Width">Hidden units of its masked network; ≥ 1.</param>
    public sealed partial record MaskedAutoregressive(int Width) : Flow
    {
        internal override string Name => "masked autoregressive";

        internal override bool DrawsAtOnce => false;

        internal override ValueList<Parameter> Learned(int latent, bool inPosterior) => Network(latent, reversed: false).Learned;

        internal override ValueList<Problem> Problems(int latent, string path) => Rules.Size($"{path}.width", Width);

        internal override FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var to = z;
            // Each pass determines one more dimension, in order.
            for (var pass = 0; pass < z.Dims[1]; pass++)
            {
                var (m, a) = Moves(state, to, reversed);
                to = m + T.Exp(a) * z;
            }
            return new(to, T.SumEvent(Moves(state, to, reversed).Second));
        }

        internal override FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var (m, a) = Moves(state, z, reversed);
            return new((z - m) * T.Exp(-a), -T.SumEvent(a));
        }

        private Pair<T> Moves<T>(PartState<T> state, T z, bool reversed) where T : struct, ITensor<T>
        {
            var pair = Pair<T>.Split(Network(z.Dims[1], reversed).Apply(state, null, z));
            return pair with { Second = LogScales.Bounded(pair.Second) };
        }

        private MaskedNetwork Network(int latent, bool reversed) => new(latent, 1, 2, Width, reversed);
    }
}

public static partial class Flows
{
    /// <summary>Masked autoregressive flow, for priors: has a density in one pass.</summary>
    /// <param name="width">Hidden units; ≥ 1.</param>
    public static Flow MaskedAutoregressive(int width = 64) => new Flow.MaskedAutoregressive(width);
}
