namespace Vae;

/// <summary>Penalties on a batch of codes.</summary>
internal static class CodePenalties
{
    /// <summary>
    /// a · Σ (Cov zᵢzⱼ)² over i ≠ j + b · Σ (Var zᵢ − 1)², of a batch of codes. [B, D] → [1]; ≥ 0; Kumar et al. 2018, eq. 6.
    /// </summary>
    /// <param name="codes">[B, D]; the posterior's means.</param>
    /// <param name="variances">
    /// [B, D]; their mean over the batch is added to the variances of the codes. The posterior's for the covariance of draws,
    /// eq. 7; 0 for the covariance of means.
    /// </param>
    /// <param name="offDiagonal">a.</param>
    /// <param name="diagonal">b.</param>
    public static T Covariance<T>(T codes, T variances, double offDiagonal, double diagonal) where T : struct, ITensor<T>
    {
        int batch = codes.Dims[0], size = codes.Dims[1];
        var centred = codes - T.Reshape(T.Sum(codes, 0) / batch, 1, size);
        var between = T.Sum(T.Square(T.MatMul(T.Transpose(centred), centred) / batch), 0, 1);
        var own = T.Sum(T.Square(centred), 0) / batch;
        var spread = T.Square(own + T.Sum(variances, 0) / batch - 1.0);
        return T.Reshape(offDiagonal * (between - T.Sum(T.Square(own), 0)) + diagonal * T.Sum(spread, 0), 1);
    }

    /// <summary>
    /// The squared maximum mean discrepancy of two distributions, estimated without bias from draws of each: about 0 for equal
    /// distributions, of either sign. [N, D], [M, D] → [1]; 0 if either has a single draw; Gretton et al. 2012, lemma 6.
    /// </summary>
    public static T MeanDiscrepancy<T>(T a, T b, Kernel kernel) where T : struct, ITensor<T>
    {
        int n = a.Dims[0], m = b.Dims[0];
        if (n < 2 || m < 2)
            return T.Reshape(0.0 * T.Sum(a, 0, 1), 1);
        T Within(T x, int count) => (Total(x, x, kernel) - (double)count * kernel.OfSelf) / ((double)count * (count - 1));
        return T.Reshape(Within(a, n) + Within(b, m) - 2.0 * Total(a, b, kernel) / ((double)n * m), 1);
    }

    // The kernel summed over all pairs: [N, D], [M, D] → [].
    private static T Total<T>(T a, T b, Kernel kernel) where T : struct, ITensor<T>
    {
        int n = a.Dims[0], m = b.Dims[0], size = a.Dims[1];
        var squared = T.Sum(T.Square(T.Reshape(a, n, 1, size) - T.Reshape(b, 1, m, size)), 2);
        return kernel.Sum(squared, size);
    }

    /// <summary>‖z‖² / 2 of each code. [B, D] → [B]; ≥ 0; Ghosh et al. 2020.</summary>
    public static T HalfSquare<T>(T codes) where T : struct, ITensor<T> => 0.5 * T.SumEvent(T.Square(codes));
}
