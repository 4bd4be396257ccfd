namespace Vae;

public abstract partial record Prior
{
    /// <summary>N(0, I) through a sequence of learned flows; Papamakarios et al. 2017, Dinh et al. 2017.</summary>
    /// <param name="Steps">At least one flow, each with an inverse of one pass.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps) : Prior, IPrior
    {
        string IPart<IPrior>.Name => $"standard normal through flows ({Flows.Names(Steps)})";

        ValueList<Parameter> IPrior.Learned(int latent, Shape input) => Flows.Learned(Steps, latent, inPosterior: false);

        ValueList<Problem> IPrior.Problems(int latent, string path) => Flows.Problems(Steps, latent, inPosterior: false, $"{path}.steps");

        T IPrior.LogDensity<T>(PartState<T> state, T z)
        {
            var start = Flows.Inverse(Steps, z, null, state);
            return Normals.LogDensityStandard(start.Z) + start.LogDeterminant;
        }

        T IPrior.Sample<T>(PartState<T> state, T noise) => Flows.Forward(Steps, noise, null, state).Z;
    }
}

public static partial class Priors
{
    /// <summary>N(0, I) through flows.</summary>
    /// <param name="flows">At least one, each with an inverse of one pass.</param>
    public static Prior Transformed(ValueList<Flow> flows) => new Prior.Transformed(flows);
}
