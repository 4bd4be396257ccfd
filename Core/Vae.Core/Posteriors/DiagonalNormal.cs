namespace Vae;

public abstract partial record Posterior
{
    /// <summary>N(μ, diag σ²). The encoder outputs μ and ln σ², in this order; Kingma &amp; Welling 2014.</summary>
    public sealed partial record DiagonalNormal : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => "diagonal normal";

        long IPosterior.Outputs(int latent) => 2L * latent;

        T IPosterior.Mean<T>(PartState<T> state, T outputs) => Normals.Mu(outputs);

        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) => Normals.LogVar(outputs);

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            var z = Reparameterizations.Normal(Normals.Mu(outputs), Normals.LogVar(outputs), noise);
            return new(z, Normals.LogDensity(z, Normals.Mu(outputs), Normals.LogVar(outputs)));
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) =>
            Normals.LogDensity(z, Normals.Mu(outputs), Normals.LogVar(outputs));

        T? IPosterior.LogDensityPerLatent<T>(PartState<T> state, T outputs, T z) =>
            Normals.LogDensityPerValue(z, Normals.Mu(outputs), Normals.LogVar(outputs));

        T? IPosterior.KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) =>
            prior.Normal is { } p ? Normals.KlPerValue(Normals.Mu(outputs), Normals.LogVar(outputs), Normals.Mu(p), Normals.LogVar(p))
            : prior.IsStandard ? Normals.KlToStandardPerValue(Normals.Mu(outputs), Normals.LogVar(outputs))
            : null;
    }
}

public static partial class Posteriors
{
    /// <summary>N(μ, diag σ²).</summary>
    public static Posterior DiagonalNormal { get; } = new Posterior.DiagonalNormal();
}
