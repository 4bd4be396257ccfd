namespace Vae;

public abstract partial record Flow
{
    /// <summary>
    /// Affine coupling: one half of z maps the other to m + eᵃ z with a in ±2; the halves alternate at each step. Takes one pass in
    /// either direction, so it suits posteriors and priors; Dinh et al. 2017, eq. 7.
    /// </summary>
    /// <param name="Width">Hidden units of its network; ≥ 1. In a posterior the encoder outputs a number that is added to each.</param>
    public sealed partial record AffineCoupling(int Width) : Flow
    {
        private const string InWeight = "in.weight", InBias = "in.bias", OutWeight = "out.weight", OutBias = "out.bias";

        internal override string Name => "affine coupling";

        internal override long Outputs(int latent) => Width;

        internal override ValueList<Parameter> Learned(int latent, bool inPosterior)
        {
            var (kept, moved) = (Kept(latent), latent - Kept(latent));
            return [
                new(InWeight, new([Width, kept]), new(1 / Math.Sqrt(kept), 0), true),
                new(InBias, Shape.Vector(Width), new(1 / Math.Sqrt(kept), 0), true),
                new(OutWeight, new([2 * moved, Width]), new(1 / Math.Sqrt(Width), 0), true),
                new(OutBias, Shape.Vector(2 * moved), new(0, 0), true)];
        }

        internal override ValueList<Problem> Problems(int latent, string path) => [
            .. Rules.Size($"{path}.width", Width),
            .. Rules.If(latent == 1, path, "needs at least 2 latent dimensions: one half transforms the other", latent)];

        internal override FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var (kept, moved) = Halves(z, reversed);
            var (m, a) = Moves(state, given, kept);
            return new(Joined(kept, m + T.Exp(a) * moved, reversed), T.SumEvent(a));
        }

        internal override FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var (kept, moved) = Halves(z, reversed);
            var (m, a) = Moves(state, given, kept);
            return new(Joined(kept, (moved - m) * T.Exp(-a), reversed), -T.SumEvent(a));
        }

        private static int Kept(int latent) => (latent + 1) / 2;

        private static Pair<T> Moves<T>(PartState<T> state, T? given, T kept) where T : struct, ITensor<T>
        {
            var hidden = T.MatMul(kept, T.Transpose(state[InWeight])) + state[InBias];
            hidden = given is { } more ? hidden + more : hidden;
            var both = T.MatMul(hidden * T.Sigmoid(hidden), T.Transpose(state[OutWeight])) + state[OutBias];
            var size = both.Dims[1] / 2;
            return new(T.Slice(both, 1, 0, size), LogScales.Bounded(T.Slice(both, 1, size, size)));
        }

        private static Pair<T> Halves<T>(T z, bool reversed) where T : struct, ITensor<T>
        {
            var (size, kept) = (z.Dims[1], Kept(z.Dims[1]));
            return reversed
                ? new(T.Slice(z, 1, size - kept, kept), T.Slice(z, 1, 0, size - kept))
                : new(T.Slice(z, 1, 0, kept), T.Slice(z, 1, kept, size - kept));
        }

        private static T Joined<T>(T kept, T moved, bool reversed) where T : struct, ITensor<T> =>
            reversed ? T.Concat(moved, kept, 1) : T.Concat(kept, moved, 1);
    }
}

public static partial class Flows
{
    /// <summary>Affine coupling: one half of z scales and shifts the other.</summary>
    /// <param name="width">Hidden units; ≥ 1.</param>
    public static Flow AffineCoupling(int width = 64) => new Flow.AffineCoupling(width);
}
