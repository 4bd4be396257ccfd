namespace Vae;

/// <summary>What <see cref="Prior.UniformSphere"/> means.</summary>
internal sealed record UniformSpherePrior : IPrior
{
    public string Name => "uniform on the sphere";

    public IPrior With(ValueList<double> settings) => this;

    public bool Supports(Support support) => support == Vae.Supports.Sphere;

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => T.SumEvent(0.0 * z) - Spheres.LogArea(z.Dims[1]);

    /// <summary>The direction of a normal draw is any.</summary>
    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Spheres.Direction(noise);

    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(null, IsUniform: true);
}
