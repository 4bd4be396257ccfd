namespace Vae;

/// <summary>What <see cref="Posterior.Point"/> means.</summary>
internal sealed record PointPosterior : IPosterior
{
    public string Name => "point";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => latent;

    public bool HasDensity => false;

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => outputs;

    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => 0.0 * outputs + double.NegativeInfinity;

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
        new(outputs, T.SumEvent(0.0 * outputs) + double.PositiveInfinity);

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => T.SumEvent(0.0 * z) + double.PositiveInfinity;

    public T? KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> => 0.0 * outputs + double.PositiveInfinity;
}
