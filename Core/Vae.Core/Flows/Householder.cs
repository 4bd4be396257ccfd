namespace Vae;

public abstract partial record Flow
{
    /// <summary>
    /// The reflection z − 2v vᵀz / ‖v‖². The encoder outputs v in a posterior; in a prior v is learned; Tomczak &amp; Welling 2016.
    /// </summary>
    public sealed partial record Householder : Flow
    {
        private const string Vector = "vector";

        internal override string Name => "Householder";

        internal override long Outputs(int latent) => latent;

        internal override ValueList<Parameter> Learned(int latent, bool inPosterior) =>
            inPosterior ? [] : [new(Vector, Shape.Vector(latent), new(1, 0), true)];

        internal override FlowStep<T> Forward<T>(PartState<T> state, T? given, T z, bool reversed)
        {
            var v = given ?? T.Reshape(state[Vector], 1, z.Dims[1]);
            var squares = T.Reshape(T.Sum(T.Square(v), 1), v.Dims[0], 1);
            var along = T.Reshape(T.Sum(v * z, 1), z.Dims[0], 1);
            // A v of zeros, which only rounding produces, must not divide by 0.
            return new(z - 2.0 * along / (squares + 1e-30) * v, T.SumEvent(0.0 * z));
        }

        internal override FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z, bool reversed) =>
            Forward(state, given, z, reversed);
    }
}

public static partial class Flows
{
    /// <summary>A reflection of z.</summary>
    public static Flow Householder { get; } = new Flow.Householder();
}
