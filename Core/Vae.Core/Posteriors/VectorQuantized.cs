namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// z is a sequence of positions, each the codebook vector nearest to the encoder's output for it. Gradients use the straight-through
    /// estimator. The codebook follows the encoder by moving averages; van den Oord et al. 2017. Codes that few outputs use are restarted
    /// from outputs; Dhariwal et al. 2020.
    /// </summary>
    /// <param name="Codes">Number of vectors in the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a vector: z is [positions × embedding], position by position; ≥ 1.</param>
    /// <param name="Commitment">Weight of the squared distances between outputs and their codes, which training adds; ≥ 0.</param>
    /// <param name="Decay">Decay of the moving averages, per step; in [0, 1).</param>
    public sealed partial record VectorQuantized(int Codes, int Embedding, double Commitment, double Decay) : Posterior, IPosterior
    {
        private const string Counts = "counts";

        // A code with at most this part of an equal share of the outputs is restarted.
        private const double DeadShare = 0.03;

        string IPart<IPosterior>.Name => $"vector-quantized, {Codes} codes";

        long IPosterior.Outputs(int latent) => latent;

        /// <summary>One number for each position, by which outputs are chosen for restarted codes; a draw uses none.</summary>
        int IPosterior.Noise(int latent) => latent / Embedding;

        Support IPosterior.Support => Supports.Codes(Codes, Embedding);

        // With counts of 0, the first step starts every code from outputs.
        ValueList<Parameter> IPosterior.Learned(int latent) => [
            new(PriorStates.Codebook, new([Codes, Embedding]), new(1.0 / Codes, 0), Trained: false),
            new(Counts, Shape.Vector(Codes), new(0, 0), Trained: false)];

        ValueList<Problem> IPosterior.Problems(int latent, string path) => [
            .. Rules.AtLeast($"{path}.codes", Codes, 2), .. Rules.AtLeast($"{path}.embedding", Embedding, 1),
            .. Rules.Blocks(path, latent, Embedding, "embedding"),
            .. Rules.If((long)Codes * Math.Max(latent, Embedding) > Rules.MaxValues, $"{path}.codes",
                $"must have at most {Rules.MaxValues} values over all positions", "more"),
            .. Rules.AtLeast($"{path}.commitment", Commitment, 0), .. Rules.Within($"{path}.decay", Decay, 0, 1, closedHigh: false)];

        /// <summary>The codes.</summary>
        T IPosterior.Mean<T>(PartState<T> state, T outputs) => Quantized(state, outputs);

        /// <summary>−∞: z is not random.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) => 0.0 * outputs + double.NegativeInfinity;

        /// <summary>The codes, with probability 1; the gradient of z is passed to the outputs.</summary>
        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise) =>
            new(outputs + T.StopGradient(Quantized(state, outputs) - outputs), T.SumEvent(0.0 * outputs));

        T? IPosterior.Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) =>
            prior.IsUniform ? T.SumEvent(0.0 * outputs) + outputs.Dims[1] / Embedding * Math.Log(Codes) : null;

        T? IPosterior.Penalty<T>(PartState<T> state, T outputs, PosteriorDraw<T> draw) =>
            Commitment * T.SumEvent(T.Square(outputs - T.StopGradient(Quantized(state, outputs))));

        /// <summary>
        /// Moving averages of the number of outputs of each code and of their mean; van den Oord et al. 2017, appendix A.1.
        /// </summary>
        IReadOnlyDictionary<string, T> IPosterior.Updated<T>(PartState<T> state, T outputs, T noise)
        {
            T vectors = Vectors(outputs), codebook = state[PriorStates.Codebook], before = state[Counts];
            var nearest = Codebooks.Nearest(vectors, codebook);
            var counts = Decay * before + (1 - Decay) * T.Sum(nearest, 0);
            var sums = Decay * (codebook * T.Reshape(before, Codes, 1)) + (1 - Decay) * T.MatMul(T.Transpose(nearest), vectors);
            var share = (double)vectors.Dims[0] / Codes;
            var alive = T.Sign(T.Sign(counts - DeadShare * share) + 1.0);
            // The count of an unused code may be 0.
            var means = sums / T.Reshape(counts + 1e-20, Codes, 1);
            var rows = T.Reshape(alive, Codes, 1);
            return new Dictionary<string, T>
            {
                [PriorStates.Codebook] = rows * means + (1.0 - rows) * Chosen(vectors, noise),
                [Counts] = alive * counts + (1.0 - alive) * share,
            };
        }

        /// <summary>
        /// An output for each code, [K, W]: for code k, the one with the largest noise among the outputs k, k + Codes, k + 2·Codes, …, so
        /// that no two codes get the same one.
        /// </summary>
        private T Chosen<T>(T vectors, T noise) where T : struct, ITensor<T>
        {
            var scores = T.Reshape(noise, vectors.Dims[0], 1);
            for (; vectors.Dims[0] < Codes; scores = T.Concat(scores, scores, 0))
                vectors = T.Concat(vectors, vectors, 0);
            var rounds = vectors.Dims[0] / Codes;
            var first = T.OneHotArgMax(T.Reshape(T.Slice(scores, 0, 0, rounds * Codes), rounds, Codes, 1), 0);
            return T.Sum(first * T.Reshape(T.Slice(vectors, 0, 0, rounds * Codes), rounds, Codes, Embedding), 0);
        }

        private T Vectors<T>(T outputs) where T : struct, ITensor<T> =>
            T.Reshape(outputs, outputs.Dims[0] * outputs.Dims[1] / Embedding, Embedding);

        private T Quantized<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
            T.Reshape(
                T.MatMul(Codebooks.Nearest(Vectors(outputs), state[PriorStates.Codebook]), state[PriorStates.Codebook]), outputs.Dims);
    }
}

public static partial class Posteriors
{
    /// <summary>Vector quantization: the nearest vectors of a codebook. The defaults are those of van den Oord et al. 2017.</summary>
    /// <param name="codes">Number of vectors; ≥ 2.</param>
    /// <param name="embedding">The length of a vector; ≥ 1.</param>
    /// <param name="commitment">Weight of the commitment loss; ≥ 0.</param>
    /// <param name="decay">Decay of the moving averages, per step; in [0, 1).</param>
    public static Posterior VectorQuantized(int codes, int embedding, double commitment = 0.25, double decay = 0.99) =>
        new Posterior.VectorQuantized(codes, embedding, commitment, decay);
}
