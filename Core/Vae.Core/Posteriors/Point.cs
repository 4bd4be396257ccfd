namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// Not a distribution: the encoder outputs z itself, and no noise is used. With the reconstruction objective the model is a plain
    /// autoencoder.
    /// </summary>
    public sealed partial record Point : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => "point";

        long IPosterior.Outputs(int latent) => latent;

        bool IPosterior.HasDensity => false;

        T IPosterior.Mean<T>(PartState<T> state, T outputs) => outputs;

        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) => 0.0 * outputs + double.NegativeInfinity;

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise) =>
            new(outputs, T.SumEvent(0.0 * outputs) + double.PositiveInfinity);

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) => T.SumEvent(0.0 * z) + double.PositiveInfinity;

        T? IPosterior.KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) => 0.0 * outputs + double.PositiveInfinity;
    }
}

public static partial class Posteriors
{
    /// <summary>z is the encoder's output, as in a plain autoencoder.</summary>
    public static Posterior Point { get; } = new Posterior.Point();
}
