namespace Vae;

public abstract partial record Prior
{
    /// <summary>N(μ, diag σ²) with learned μ and σ; it starts as N(0, I).</summary>
    public sealed partial record LearnedNormal : Prior, IPrior
    {
        private const string Mean = "mean", LogVariance = "logVariance";

        string IPart<IPrior>.Name => "learned normal";

        ValueList<Parameter> IPrior.Learned(int latent, Shape input) =>
            [new(Mean, Shape.Vector(latent), new(0, 0), true), new(LogVariance, Shape.Vector(latent), new(0, 0), true)];

        T IPrior.LogDensity<T>(PartState<T> state, T z) => Normals.LogDensity(z, Row(state[Mean]), Row(state[LogVariance]));

        T IPrior.Sample<T>(PartState<T> state, T noise) => Reparameterizations.Normal(Row(state[Mean]), Row(state[LogVariance]), noise);

        PriorForm<T> IPrior.Form<T>(PartState<T> state) => new(T.Concat(Row(state[Mean]), Row(state[LogVariance]), 1));

        private static T Row<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, 1, x.Dims[0]);
    }
}

public static partial class Priors
{
    /// <summary>N(μ, diag σ²) with learned μ and σ.</summary>
    public static Prior LearnedNormal { get; } = new Prior.LearnedNormal();
}
