namespace Vae;

/// <summary>What <see cref="Prior.Autoregressive"/> means.</summary>
internal sealed record AutoregressivePrior(int Classes, int Embedding, int Width) : IPrior
{
    public string Name => $"autoregressive over {Classes} {(Embedding == 0 ? "classes" : "codes")}";

    public IPrior With(ValueList<double> settings) => this;

    // Two for each Gumbel draw.
    public int Noise(int latent) => 2 * Codebooks.Positions(latent, Classes, Embedding) * Classes;

    public bool Supports(Support support) => support == Codebooks.Support(Classes, Embedding);

    public ValueList<Parameter> Learned(int latent, Shape input) => Network(Codebooks.Positions(latent, Classes, Embedding)).Learned;

    public ValueList<Problem> Problems(int latent, string path) => [
        .. Codebooks.Problems(path, latent, Classes, Embedding), .. Rules.Size($"{path}.width", Width)];

    /// <summary>Σ z ln p over positions; of a relaxed z in training what it tends to as z nears one-hot.</summary>
    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T>
    {
        var oneHot = Codebooks.OneHot(state, z, Classes, Embedding);
        var logits = Logits(state, oneHot);
        return T.SumEvent(oneHot * (logits - T.Reshape(T.LogSumExp(logits, 2), z.Dims[0], oneHot.Dims[1], 1)));
    }

    /// <summary>Position by position, each by the Gumbel-max rule: the class with the greatest logit plus Gumbel noise.</summary>
    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>
    {
        var (rows, positions) = (noise.Dims[0], noise.Dims[1] / 2 / Classes);
        var squares = T.Square(T.Reshape(noise, rows, 2, positions, Classes));
        var gumbel = -T.Log(0.5 * T.Sum(squares, 1) + 1e-30);
        var drawn = 0.0 * gumbel;
        // A pass draws every position again from those before it, so each settles one more.
        for (var pass = 0; pass < positions; pass++)
            drawn = T.OneHotArgMax(Logits(state, drawn) + gumbel, 2);
        return Codebooks.Embedded(state, drawn, Embedding);
    }

    private T Logits<T>(PartState<T> state, T oneHot) where T : struct, ITensor<T> =>
        Network(oneHot.Dims[1]).Apply(state, null, T.Reshape(oneHot, oneHot.Dims[0], oneHot.Dims[1] * Classes));

    private MaskedNetwork Network(int positions) => new(positions, Classes, Classes, Width, Reversed: false);
}
