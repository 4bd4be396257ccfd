namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// A von Mises–Fisher distribution on the unit sphere, with density proportional to e^(κ μᵀz) for a direction μ. The encoder outputs
    /// a vector along μ, and κ before softplus; Davidson et al. 2018.
    /// </summary>
    public sealed partial record VonMisesFisher : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => "von Mises–Fisher";

        long IPosterior.Outputs(int latent) => latent + 1L;

        int IPosterior.Noise(int latent) => latent + SphereHeights.HeightNoise(latent);

        Support IPosterior.Support => Supports.Sphere;

        // E[z|x] is inside the sphere; Mean returns the direction μ instead.
        bool IPosterior.HasMoments => false;

        ValueList<Problem> IPosterior.Problems(int latent, string path) => [
            .. Rules.If(latent == 1, path, "needs at least 2 latent dimensions: with 1 the sphere is two points", latent),
            .. Rules.If(latent > SphereHeights.MaxDimensions, path,
                $"takes at most {SphereHeights.MaxDimensions} latent dimensions", latent)];

        /// <summary>The direction μ.</summary>
        T IPosterior.Mean<T>(PartState<T> state, T outputs) => Direction(outputs);

        /// <summary>ln of the variance of each coordinate; Mardia &amp; Jupp 2000, section 9.6.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs)
        {
            T kappa = Kappa(outputs), across = Spheres.Bessel(kappa, Size(outputs)).Second, along = T.Square(kappa * across);
            // A/κ + (1 − D·A/κ − A²) μ², for the mean resultant length A = κ · across.
            return T.Log(across + (1.0 - Size(outputs) * across - along) * T.Square(Direction(outputs)) + 1e-12);
        }

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            T mu = Direction(outputs), kappa = Kappa(outputs);
            var size = Size(outputs);
            var below = SphereHeights.Below(kappa, T.Slice(noise, 1, size, noise.Dims[1] - size), size);
            var any = T.Slice(noise, 1, 0, size);
            var across = Spheres.Direction(any - Spheres.Dot(any, mu) * mu);
            var z = (1.0 - below) * mu + T.Sqrt(below * (2.0 - below) + 1e-30) * across;
            return new(z, SphereHeights.LogDensity(kappa, below, size));
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) =>
            SphereHeights.LogDensity(Kappa(outputs), 1.0 - Spheres.Dot(Direction(outputs), z), Size(outputs));

        T? IPosterior.Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) =>
            prior.IsUniform ? SphereHeights.KlToUniform(Kappa(outputs), Size(outputs)) : null;

        private static int Size<T>(T outputs) where T : struct, ITensor<T> => outputs.Dims[1] - 1;

        private static T Direction<T>(T outputs) where T : struct, ITensor<T> => Spheres.Direction(T.Slice(outputs, 1, 0, Size(outputs)));

        private static T Kappa<T>(T outputs) where T : struct, ITensor<T> => Stable.Softplus(T.Slice(outputs, 1, Size(outputs), 1));
    }
}

public static partial class Posteriors
{
    /// <summary>A von Mises–Fisher distribution on the unit sphere.</summary>
    public static Posterior VonMisesFisher { get; } = new Posterior.VonMisesFisher();
}
