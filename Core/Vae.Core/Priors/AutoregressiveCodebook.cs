namespace Vae;

public abstract partial record Prior
{
    /// <summary>
    /// p(z) = Π p(zᵢ | z₁ … zᵢ₋₁) over positions of classes or codebook indices, by a masked network; Germain et al. 2015.
    /// </summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 if blocks of z are one-hot.</param>
    /// <param name="Width">Hidden units of the network; ≥ 1.</param>
    public sealed partial record AutoregressiveCodebook(int Classes, int Embedding, int Width) : Prior, IPrior
    {
        string IPart<IPrior>.Name => $"autoregressive over {Classes} {(Embedding == 0 ? "classes" : "codes")}";

        // Two normal values for each Gumbel draw.
        int IPrior.Noise(int latent) => 2 * Codebooks.Positions(latent, Classes, Embedding) * Classes;

        bool IPrior.Supports(Support support) => support == Codebooks.Support(Classes, Embedding);

        ValueList<Parameter> IPrior.Learned(int latent, Shape input) => Net(Codebooks.Positions(latent, Classes, Embedding)).Learned;

        ValueList<Problem> IPrior.Problems(int latent, string path) => [
            .. Codebooks.Problems(path, latent, Classes, Embedding), .. Rules.Size($"{path}.width", Width)];

        /// <summary>Σ z ln p over positions: exact for a one-hot z, and its limit for a relaxed z in training.</summary>
        T IPrior.LogDensity<T>(PartState<T> state, T z)
        {
            var oneHot = Codebooks.OneHot(state, z, Classes, Embedding);
            var logits = Logits(state, oneHot);
            return T.SumEvent(oneHot * (logits - T.Reshape(T.LogSumExp(logits, 2), z.Dims[0], oneHot.Dims[1], 1)));
        }

        /// <summary>Draws position by position by the Gumbel-max rule: the class with the greatest logit plus Gumbel noise.</summary>
        T IPrior.Sample<T>(PartState<T> state, T noise)
        {
            var (rows, positions) = (noise.Dims[0], noise.Dims[1] / 2 / Classes);
            var squares = T.Square(T.Reshape(noise, rows, 2, positions, Classes));
            var gumbel = -T.Log(0.5 * T.Sum(squares, 1) + 1e-30);
            var drawn = 0.0 * gumbel;
            // Each pass draws every position again from those before it, so it makes one more position final.
            for (var pass = 0; pass < positions; pass++)
                drawn = T.OneHotArgMax(Logits(state, drawn) + gumbel, 2);
            return Codebooks.Embedded(state, drawn, Embedding);
        }

        private T Logits<T>(PartState<T> state, T oneHot) where T : struct, ITensor<T> =>
            Net(oneHot.Dims[1]).Apply(state, null, T.Reshape(oneHot, oneHot.Dims[0], oneHot.Dims[1] * Classes));

        private MaskedNetwork Net(int positions) => new(positions, Classes, Classes, Width, Reversed: false);
    }
}

public static partial class Priors
{
    /// <summary>An autoregressive prior over the classes or codebook indices that a posterior draws.</summary>
    /// <param name="support">The support of the posterior.</param>
    /// <param name="width">Hidden units of the network; ≥ 1.</param>
    /// <exception cref="ArgumentException">The support is neither classes nor codes.</exception>
    public static Prior AutoregressiveCodebook(Support support, int width = 256) =>
        new Prior.AutoregressiveCodebook(Coded(support).Classes, support.Embedding, width);
}
