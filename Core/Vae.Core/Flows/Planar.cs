namespace Vae;

public abstract partial record Flow
{
    /// <summary>
    /// A planar flow: z + û tanh(wᵀz + b), with û constrained so that the map is invertible; the encoder outputs u, w and b. For
    /// posteriors: its inverse has no closed form; Rezende &amp; Mohamed 2015, eq. 10 and appendix A.
    /// </summary>
    public sealed partial record Planar : Flow
    {
        internal override string Name => "planar";

        internal override bool InvertsAtOnce => false;

        internal override bool HasInverse => false;

        internal override long Outputs(int latent) => 2L * latent + 1;

        internal override FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var (all, size) = (given!.Value, z.Dims[1]);
            T u = T.Slice(all, 1, 0, size), w = T.Slice(all, 1, size, size), b = T.Slice(all, 1, 2 * size, 1);
            var along = Dot(w, u);
            // The map is invertible if wᵀû > −1: û is u with that product replaced by −1 + softplus(wᵀu).
            var min = Stable.Softplus(along);
            var bent = T.Tanh(Dot(w, z) + b);
            // A w of zeros, which only rounding produces, must not divide by 0.
            var moved = z + (u + (min - 1.0 - along) * w / (Dot(w, w) + 1e-30)) * bent;
            // 1 + (1 − tanh²)(softplus − 1), as a sum of terms that are not negative.
            var determinant = T.Square(bent) + (1.0 - T.Square(bent)) * min;
            return new(moved, T.SumEvent(T.Log(determinant)));
        }

        internal override FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed) =>
            throw new InvalidOperationException("flows: must have an inverse, got planar");

        private static T Dot<T>(T a, T b) where T : struct, ITensor<T> => T.Reshape(T.Sum(a * b, 1), a.Dims[0], 1);
    }
}

public static partial class Flows
{
    /// <summary>A planar flow, for posteriors.</summary>
    public static Flow Planar { get; } = new Flow.Planar();
}
