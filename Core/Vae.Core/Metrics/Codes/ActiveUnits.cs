namespace Vae;

/// <summary>Active units: the latent dimensions that a model uses; Burda et al. 2016, section 5.2.</summary>
public static class ActiveUnits
{
    /// <summary>The variance over the data above which a dimension is active.</summary>
    public const double Threshold = 0.01;

    /// <summary>The variance over x of E[z|x], for each dimension. [N, D] → D values ≥ 0.</summary>
    /// <param name="means">Posterior means, [N, D]; N ≥ 1.</param>
    public static ValueList<double> Variances(NdArray means)
    {
        var count = means.Dims[0];
        var centred = means - NdArray.Reshape(NdArray.Sum(means, 0) / count, 1, means.Dims[1]);
        return ValueList.From((NdArray.Sum(NdArray.Square(centred), 0) / count).ToArray());
    }

    /// <summary>The number of active dimensions. [N, D] → 0 … D.</summary>
    /// <param name="means">Posterior means, [N, D]; N ≥ 1.</param>
    /// <param name="threshold">The variance above which a dimension is active; ≥ 0.</param>
    public static int Count(NdArray means, double threshold = Threshold) => Variances(means).Count(variance => variance > threshold);
}
