namespace Vae;

/// <summary>Formulas of posteriors and priors over a codebook.</summary>
internal static class Codebooks
{
    /// <summary>The nearest code of each vector, one-hot; the first of equally near ones. [N, W] and [K, W] → [N, K].</summary>
    public static T Nearest<T>(T vectors, T codebook) where T : struct, ITensor<T>
    {
        // ‖v‖² does not depend on the code.
        var distances = T.Reshape(T.Sum(T.Square(codebook), 1), 1, codebook.Dims[0]) - 2.0 * T.MatMul(vectors, T.Transpose(codebook));
        return T.OneHotArgMax(-distances, 1);
    }

    /// <summary>The one-hot blocks that z represents, [B, P, K]: z itself, or the codes of a codebook (embedding ≥ 1).</summary>
    public static T OneHot<T>(PartState<T> prior, T z, int classes, int embedding) where T : struct, ITensor<T> => embedding == 0
        ? T.Reshape(z, z.Dims[0], z.Dims[1] / classes, classes)
        : T.Reshape(
            Nearest(T.Reshape(z, z.Dims[0] * z.Dims[1] / embedding, embedding), prior[PriorStates.Codebook]),
            z.Dims[0], z.Dims[1] / embedding, classes);

    /// <summary>The z of one-hot blocks. [B, P, K] → [B, D].</summary>
    public static T Embedded<T>(PartState<T> prior, T oneHot, int embedding) where T : struct, ITensor<T>
    {
        var (rows, positions, classes) = (oneHot.Dims[0], oneHot.Dims[1], oneHot.Dims[2]);
        return embedding == 0
            ? T.Reshape(oneHot, rows, positions * classes)
            : T.Reshape(T.MatMul(T.Reshape(oneHot, rows * positions, classes), prior[PriorStates.Codebook]), rows, positions * embedding);
    }

    public static int Positions(int latent, int classes, int embedding) => latent / Block(classes, embedding);

    /// <summary>Problems of a prior over one-hot blocks or codes.</summary>
    public static ValueList<Problem> Problems(string path, int latent, int classes, int embedding) => [
        .. Rules.AtLeast($"{path}.classes", classes, 2), .. Rules.AtLeast($"{path}.embedding", embedding, 0),
        .. Rules.Blocks(path, latent, Block(classes, embedding), embedding == 0 ? "classes" : "embedding"),
        .. Rules.If((long)classes * latent > Rules.MaxValues / 2, $"{path}.classes",
            $"must be at most {Rules.MaxValues / 2} over all positions", "more")];

    public static Support Support(int classes, int embedding) =>
        embedding == 0 ? Supports.Categories(classes) : Supports.Codes(classes, embedding);

    private static int Block(int classes, int embedding) => embedding == 0 ? classes : embedding;
}
