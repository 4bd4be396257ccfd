namespace Vae;

public abstract partial record Prior
{
    /// <summary>N(0, I).</summary>
    public sealed partial record StandardNormal : Prior, IPrior
    {
        string IPart<IPrior>.Name => "standard normal";

        T IPrior.LogDensity<T>(PartState<T> state, T z) => Normals.LogDensityStandard(z);

        T IPrior.Sample<T>(PartState<T> state, T noise) => noise;

        PriorForm<T> IPrior.Form<T>(PartState<T> state) => new(null, IsStandard: true);
    }
}

public static partial class Priors
{
    /// <summary>N(0, I).</summary>
    public static Prior StandardNormal { get; } = new Prior.StandardNormal();
}
