namespace Vae;

public abstract partial record Prior
{
    /// <summary>Uniform on the unit sphere, for von Mises–Fisher posteriors; Davidson et al. 2018.</summary>
    public sealed partial record UniformSphere : Prior, IPrior
    {
        string IPart<IPrior>.Name => "uniform on the sphere";

        bool IPrior.Supports(Support support) => support == Vae.Supports.Sphere;

        T IPrior.LogDensity<T>(PartState<T> state, T z) => T.SumEvent(0.0 * z) - Spheres.LogArea(z.Dims[1]);

        /// <summary>The direction of a normal draw is uniform.</summary>
        T IPrior.Sample<T>(PartState<T> state, T noise) => Spheres.Direction(noise);

        PriorForm<T> IPrior.Form<T>(PartState<T> state) => new(null, IsUniform: true);
    }
}
