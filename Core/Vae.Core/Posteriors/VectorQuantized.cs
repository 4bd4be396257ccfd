namespace Vae;

/// <summary>What <see cref="Posterior.VectorQuantized"/> means.</summary>
internal sealed record VectorQuantizedPosterior(int Codes, int Embedding, double Commitment, double Decay) : IPosterior
{
    private const string Counts = "counts";

    // A code that gets this part of an equal share, or less, is of no use.
    private const double DeadShare = 0.03;

    public string Name => $"vector-quantized, {Codes} codes";

    public IPosterior With(ValueList<double> settings) => this;

    public long Outputs(int latent) => latent;

    /// <summary>One number a position, by which outputs are chosen for codes that start again; a draw takes none.</summary>
    public int Noise(int latent) => latent / Embedding;

    public Support Support => Supports.Codes(Codes, Embedding);

    // Counts of 0 let the first step start every code from outputs.
    public ValueList<Parameter> Learned(int latent) => [
        new(PriorStates.Codebook, new([Codes, Embedding]), new(1.0 / Codes, 0), Trained: false),
        new(Counts, Shape.Vector(Codes), new(0, 0), Trained: false)];

    public ValueList<Problem> Problems(int latent, string path) => [
        .. Rules.AtLeast($"{path}.codes", Codes, 2), .. Rules.AtLeast($"{path}.embedding", Embedding, 1), .. Rules.Blocks(path, latent, Embedding, "embedding"),
        .. Rules.If((long)Codes * Math.Max(latent, Embedding) > Rules.MostValues, $"{path}.codes", $"must have at most {Rules.MostValues} values over all positions", "more"),
        .. Rules.AtLeast($"{path}.commitment", Commitment, 0), .. Rules.Within($"{path}.decay", Decay, 0, 1, closedHigh: false)];

    /// <summary>The codes.</summary>
    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Quantized(state, outputs);

    /// <summary>−∞: nothing is drawn.</summary>
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => 0.0 * outputs + double.NegativeInfinity;

    /// <summary>The codes, of probability 1; the gradient of z is that of the outputs.</summary>
    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
        new(outputs + T.StopGradient(Quantized(state, outputs) - outputs), T.SumEvent(0.0 * outputs));

    public T? Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
        prior.IsUniform ? T.SumEvent(0.0 * outputs) + outputs.Dims[1] / Embedding * Math.Log(Codes) : null;

    public T? Penalty<T>(PartState<T> state, T outputs, PosteriorDraw<T> draw) where T : struct, ITensor<T> =>
        Commitment * T.SumEvent(T.Square(outputs - T.StopGradient(Quantized(state, outputs))));

    /// <summary>Moving averages of how many outputs each code gets and of their mean; van den Oord et al. 2017, appendix A.1.</summary>
    public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        T vectors = Vectors(outputs), codebook = state[PriorStates.Codebook], before = state[Counts];
        var nearest = Codebooks.Nearest(vectors, codebook);
        var counts = Decay * before + (1 - Decay) * T.Sum(nearest, 0);
        var sums = Decay * (codebook * T.Reshape(before, Codes, 1)) + (1 - Decay) * T.MatMul(T.Transpose(nearest), vectors);
        var share = (double)vectors.Dims[0] / Codes;
        var alive = T.Sign(T.Sign(counts - DeadShare * share) + 1.0);
        // A dead code's count may be 0.
        var means = sums / T.Reshape(counts + 1e-20, Codes, 1);
        var rows = T.Reshape(alive, Codes, 1);
        return new Dictionary<string, T>
        {
            [PriorStates.Codebook] = rows * means + (1.0 - rows) * Chosen(vectors, noise),
            [Counts] = alive * counts + (1.0 - alive) * share,
        };
    }

    /// <summary>For each code an output: of every Codes-th one that with the greatest noise, so that no two codes meet. [K, W].</summary>
    private T Chosen<T>(T vectors, T noise) where T : struct, ITensor<T>
    {
        var scores = T.Reshape(noise, vectors.Dims[0], 1);
        for (; vectors.Dims[0] < Codes; scores = T.Concat(scores, scores, 0))
            vectors = T.Concat(vectors, vectors, 0);
        var rounds = vectors.Dims[0] / Codes;
        var first = T.OneHotArgMax(T.Reshape(T.Slice(scores, 0, 0, rounds * Codes), rounds, Codes, 1), 0);
        return T.Sum(first * T.Reshape(T.Slice(vectors, 0, 0, rounds * Codes), rounds, Codes, Embedding), 0);
    }

    private T Vectors<T>(T outputs) where T : struct, ITensor<T> => T.Reshape(outputs, outputs.Dims[0] * outputs.Dims[1] / Embedding, Embedding);

    private T Quantized<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
        T.Reshape(T.MatMul(Codebooks.Nearest(Vectors(outputs), state[PriorStates.Codebook]), state[PriorStates.Codebook]), outputs.Dims);
}
