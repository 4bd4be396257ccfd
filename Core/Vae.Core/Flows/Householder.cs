namespace Vae;

/// <summary>What <see cref="Flow.Householder"/> means; given is v, which a prior learns.</summary>
internal sealed record HouseholderFlow : IFlow
{
    private const string Vector = "vector";

    public string Name => "Householder";

    public long Outputs(int latent) => latent;

    public ValueList<Parameter> Learned(int latent, bool inPosterior) => inPosterior ? [] : [new(Vector, Shape.Vector(latent), new(1, 0), true)];

    public FlowStep<T> Forward<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T>
    {
        var v = given ?? T.Reshape(state[Vector], 1, z.Dims[1]);
        var squares = T.Reshape(T.Sum(T.Square(v), 1), v.Dims[0], 1);
        var along = T.Reshape(T.Sum(v * z, 1), z.Dims[0], 1);
        // A v of zeros, which only rounding makes, reflects nothing.
        return new(z - 2.0 * along / (squares + 1e-30) * v, T.SumEvent(0.0 * z));
    }

    public FlowStep<T> Inverse<T>(PartState<T> state, T? given, T z) where T : struct, ITensor<T> => Forward(state, given, z);
}
