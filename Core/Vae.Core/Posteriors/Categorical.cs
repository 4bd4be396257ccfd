namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// One-hot blocks of z, each with the softmax of the encoder's outputs as probabilities. Training uses the Gumbel-softmax, which is
    /// nearly one-hot at low temperatures; evaluation draws exact one-hot blocks; Jang et al. 2017, Maddison et al. 2017.
    /// </summary>
    /// <param name="Classes">The length of a block, which divides the length of z; ≥ 2.</param>
    /// <param name="Temperature">The temperature of the softmax by epoch; &gt; 0.</param>
    public sealed partial record Categorical(int Classes, Schedule Temperature) : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => $"categorical, {Classes} classes";

        long IPosterior.Outputs(int latent) => latent;

        // A Gumbel draw is −ln of an exponential one, which is half the sum of two squares.
        int IPosterior.Noise(int latent) => 2 * latent;

        Support IPosterior.Support => Supports.Categories(Classes);

        bool IPosterior.HasMoments => false;

        ValueList<Problem> IPosterior.Problems(int latent, string path) => [
            .. Rules.AtLeast($"{path}.classes", Classes, 2), .. Rules.Blocks(path, latent, Classes, "classes"),
            .. Temperature.Problems($"{path}.temperature", mustBePositive: true)];

        /// <summary>The most probable class of each block, one-hot.</summary>
        T IPosterior.Mean<T>(PartState<T> state, T outputs) => Flat(T.OneHotArgMax(Blocks(outputs), 2));

        /// <summary>ln p(1 − p) of each class.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs)
        {
            var log = LogProbabilities(outputs);
            // The variance of a class of probability 1 is 0.
            return Flat(log + T.Log(1.0 - T.Exp(log) + 1e-30));
        }

        /// <summary>
        /// In training the softmax at the temperature, else one-hot; ln q(z) is Σ z ln p, which is exact for one-hot z.
        /// </summary>
        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            var size = outputs.Dims[1];
            // float32 noise may be exactly 0, whose logarithm is infinite.
            var exponential = 0.5 * (T.Square(T.Slice(noise, 1, 0, size)) + T.Square(T.Slice(noise, 1, size, size))) + 1e-30;
            var perturbed = Blocks(outputs - T.Log(exponential));
            var z = state.Training ? Softmax(Warmed(state, perturbed)) : T.OneHotArgMax(perturbed, 2);
            return new(Flat(z), T.SumEvent(z * LogProbabilities(outputs)));
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) => T.SumEvent(Blocks(z) * LogProbabilities(outputs));

        T? IPosterior.Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior)
        {
            var log = LogProbabilities(outputs);
            return prior.IsUniform ? T.SumEvent(T.Exp(log) * (log + Math.Log(Classes))) : null;
        }

        private T Warmed<T>(PartState<T> state, T x) where T : struct, ITensor<T> =>
            state.Recording is { } recording ? x / recording.At(Temperature) : x / Temperature.At(state.Epoch);

        private T Blocks<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, x.Dims[0], x.Dims[1] / Classes, Classes);

        private static T Flat<T>(T blocks) where T : struct, ITensor<T> =>
            T.Reshape(blocks, blocks.Dims[0], blocks.Dims[1] * blocks.Dims[2]);

        private T LogProbabilities<T>(T outputs) where T : struct, ITensor<T> => Normalized(Blocks(outputs));

        private static T Softmax<T>(T blocks) where T : struct, ITensor<T> => T.Exp(Normalized(blocks));

        private static T Normalized<T>(T blocks) where T : struct, ITensor<T> =>
            blocks - T.Reshape(T.LogSumExp(blocks, 2), blocks.Dims[0], blocks.Dims[1], 1);
    }
}

public static partial class Posteriors
{
    /// <summary>One-hot blocks, relaxed in training.</summary>
    /// <param name="classes">The length of a block, which divides the length of z; ≥ 2.</param>
    /// <param name="temperature">The temperature by epoch; &gt; 0; null means a constant 2/3, the choice of Maddison et al. 2017.</param>
    public static Posterior Categorical(int classes, Schedule? temperature = null) =>
        new Posterior.Categorical(classes, temperature ?? Schedules.Constant(2.0 / 3));
}
