namespace Vae;

/// <summary>What <see cref="Posterior.VonMisesFisher"/> means.</summary>
internal sealed record VonMisesFisherPosterior : IPosterior
{
    public string Name => "von Mises–Fisher";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => latent + 1L;

    public int Noise(int latent) => latent + SphereHeights.HeightNoise(latent);

    public Support Support => Supports.Sphere;

    // A mean lies inside the sphere: what stands for it is the direction.
    public bool HasMoments => false;

    public ValueList<Problem> Problems(int latent, string path) => [
        .. Rules.If(latent == 1, path, "needs at least 2 latent dimensions: with 1 the sphere is two points", latent),
        .. Rules.If(latent > SphereHeights.MostDimensions, path, $"takes at most {SphereHeights.MostDimensions} latent dimensions", latent)];

    /// <summary>The direction μ.</summary>
    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Direction(outputs);

    /// <summary>ln of the variance of each coordinate; Mardia &amp; Jupp 2000, section 9.6.</summary>
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>
    {
        T kappa = Kappa(outputs), across = Spheres.Bessel(kappa, Size(outputs)).Second, along = T.Square(kappa * across);
        // A/κ + (1 − D·A/κ − A²) μ², for the mean resultant length A = κ · across.
        return T.Log(across + (1.0 - Size(outputs) * across - along) * T.Square(Direction(outputs)) + 1e-12);
    }

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        T mu = Direction(outputs), kappa = Kappa(outputs);
        var size = Size(outputs);
        var below = SphereHeights.Below(kappa, T.Slice(noise, 1, size, noise.Dims[1] - size), size);
        var any = T.Slice(noise, 1, 0, size);
        var across = Spheres.Direction(any - Spheres.Dot(any, mu) * mu);
        var z = (1.0 - below) * mu + T.Sqrt(below * (2.0 - below) + 1e-30) * across;
        return new(z, SphereHeights.LogDensity(kappa, below, size));
    }

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> =>
        SphereHeights.LogDensity(Kappa(outputs), 1.0 - Spheres.Dot(Direction(outputs), z), Size(outputs));

    public T? Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
        prior.IsUniform ? SphereHeights.KlToUniform(Kappa(outputs), Size(outputs)) : null;

    private static int Size<T>(T outputs) where T : struct, ITensor<T> => outputs.Dims[1] - 1;

    private static T Direction<T>(T outputs) where T : struct, ITensor<T> => Spheres.Direction(T.Slice(outputs, 1, 0, Size(outputs)));

    private static T Kappa<T>(T outputs) where T : struct, ITensor<T> => Stable.Softplus(T.Slice(outputs, 1, Size(outputs), 1));
}
