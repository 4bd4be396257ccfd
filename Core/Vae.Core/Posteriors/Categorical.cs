namespace Vae;

/// <summary>What <see cref="Posterior.Categorical"/> means.</summary>
internal sealed record CategoricalPosterior(int Classes, Schedule Temperature) : IPosterior
{
    public string Name => $"categorical, {Classes} classes";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => latent;

    // A Gumbel draw is −ln of an exponential one, half the sum of two squares.
    public int Noise(int latent) => 2 * latent;

    public Support Support => Supports.Categories(Classes);

    public bool HasMoments => false;

    public ValueList<Problem> Problems(int latent, string path) => [
        .. Rules.AtLeast($"{path}.classes", Classes, 2), .. Rules.Blocks(path, latent, Classes, "classes"),
        .. Temperature.Problems($"{path}.temperature", mustBePositive: true)];

    /// <summary>The likeliest class of each block, one-hot.</summary>
    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Flat(T.OneHotArgMax(Blocks(outputs), 2));

    /// <summary>ln p(1 − p) of each class.</summary>
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>
    {
        var log = LogProbabilities(outputs);
        // A class beyond doubt has a variance of 0 in numbers.
        return Flat(log + T.Log(1.0 - T.Exp(log) + 1e-30));
    }

    /// <summary>In training the softmax at the temperature, else one-hot; ln q(z) is Σ z ln p, exact where z is one-hot.</summary>
    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        var size = outputs.Dims[1];
        // Noise of exactly 0, as float32 may draw it, stays finite.
        var exponential = 0.5 * (T.Square(T.Slice(noise, 1, 0, size)) + T.Square(T.Slice(noise, 1, size, size))) + 1e-30;
        var perturbed = Blocks(outputs - T.Log(exponential));
        var z = state.Training ? Softmax(perturbed / Temperature.At(state.Epoch)) : T.OneHotArgMax(perturbed, 2);
        return new(Flat(z), T.SumEvent(z * LogProbabilities(outputs)));
    }

    public T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => T.SumEvent(Blocks(z) * LogProbabilities(outputs));

    public T? Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T>
    {
        var log = LogProbabilities(outputs);
        return prior.IsUniform ? T.SumEvent(T.Exp(log) * (log + Math.Log(Classes))) : null;
    }

    private T Blocks<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, x.Dims[0], x.Dims[1] / Classes, Classes);

    private static T Flat<T>(T blocks) where T : struct, ITensor<T> => T.Reshape(blocks, blocks.Dims[0], blocks.Dims[1] * blocks.Dims[2]);

    private T LogProbabilities<T>(T outputs) where T : struct, ITensor<T> => Normalized(Blocks(outputs));

    private static T Softmax<T>(T blocks) where T : struct, ITensor<T> => T.Exp(Normalized(blocks));

    private static T Normalized<T>(T blocks) where T : struct, ITensor<T> => blocks - T.Reshape(T.LogSumExp(blocks, 2), blocks.Dims[0], blocks.Dims[1], 1);
}
