namespace Vae;

/// <summary>Latent dimensions that a model uses: Burda et al. 2016, section 5.2.</summary>
public static class ActiveUnits
{
    /// <summary>The variance over the data above which a dimension counts as active.</summary>
    public const double Threshold = 0.01;

    /// <summary>Var over x of E[z|x] for each dimension. Posterior means [N, D], N ≥ 1 → D values ≥ 0.</summary>
    public static ValueList<double> Variances(NdArray means)
    {
        var count = means.Dims[0];
        var centred = means - NdArray.Reshape(NdArray.Sum(means, 0) / count, 1, means.Dims[1]);
        return ValueList.From((NdArray.Sum(NdArray.Square(centred), 0) / count).ToArray());
    }

    /// <summary>How many dimensions vary by more than the threshold. Posterior means [N, D] → 0 … D.</summary>
    public static int Count(NdArray means, double threshold = Threshold) => Variances(means).Count(variance => variance > threshold);
}
