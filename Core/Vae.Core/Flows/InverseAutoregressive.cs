namespace Vae;

public abstract partial record Flow
{
    /// <summary>
    /// Inverse autoregressive flow: σ z + (1 − σ) m, where σ and m are functions of the preceding dimensions, in the order of z or, at
    /// every second step, in reverse order. For posteriors: a draw takes one pass of its network, a density at any z takes one pass for
    /// each dimension; Kingma et al. 2016, algorithm 1, eq. 13 and 14.
    /// </summary>
    /// <param name="Width">
    /// Hidden units of its masked network (Germain et al. 2015); ≥ 1. The encoder outputs a number that is added to each.
    /// </param>
    public sealed partial record InverseAutoregressive(int Width) : Flow
    {
        // Gates start nearly open, so that an untrained step is close to the identity: Kingma et al. 2016, section 4.
        private const double OpenGate = 2;

        internal override string Name => "inverse autoregressive";

        internal override bool InvertsAtOnce => false;

        internal override long Outputs(int latent) => Width;

        internal override ValueList<Parameter> Learned(int latent, bool inPosterior) => Network(latent, reversed: false).Learned;

        internal override ValueList<Problem> Problems(int latent, string path) => Rules.Size($"{path}.width", Width);

        internal override FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var (m, s) = Gates(state, given, z, reversed);
            var gate = T.Sigmoid(s);
            return new(gate * z + (1.0 - gate) * m, T.SumEvent(T.LogSigmoid(s)));
        }

        internal override FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var from = z;
            // Each pass determines one more dimension, in order.
            for (var pass = 0; pass < z.Dims[1]; pass++)
            {
                var (m, s) = Gates(state, given, from, reversed);
                var gate = T.Sigmoid(s);
                from = (z - (1.0 - gate) * m) / gate;
            }
            return new(from, -T.SumEvent(T.LogSigmoid(Gates(state, given, from, reversed).Second)));
        }

        private Pair<T> Gates<T>(PartState<T> state, T? given, T z, bool reversed) where T : struct, ITensor<T>
        {
            var pair = Pair<T>.Split(Network(z.Dims[1], reversed).Apply(state, given, z));
            return pair with { Second = pair.Second + OpenGate };
        }

        private MaskedNetwork Network(int latent, bool reversed) => new(latent, 1, 2, Width, reversed);
    }
}

public static partial class Flows
{
    /// <summary>Inverse autoregressive flow, for posteriors: draws in one pass.</summary>
    /// <param name="width">Hidden units; ≥ 1.</param>
    public static Flow InverseAutoregressive(int width = 64) => new Flow.InverseAutoregressive(width);
}
