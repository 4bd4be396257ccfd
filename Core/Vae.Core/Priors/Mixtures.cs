namespace Vae;

/// <summary>Formulas of mixtures of diagonal normals.</summary>
internal static class Mixtures
{
    public static ValueList<Problem> Problems(string path, int components) => Rules.Size($"{path}.components", components);

    /// <summary>ln N(z; μₖ, σₖ²). z [B, D], μ and ln σ² [K, D] → [B, K].</summary>
    public static T LogDensities<T>(T z, T means, T logVariances) where T : struct, ITensor<T>
    {
        int rows = z.Dims[0], size = z.Dims[1], components = means.Dims[0];
        var apart = T.Reshape(z, rows, 1, size) - T.Reshape(means, 1, components, size);
        var precisions = T.Reshape(T.Exp(-logVariances), 1, components, size);
        var constants = T.Sum(logVariances, 1) + size * Math.Log(2 * Math.PI);
        return -0.5 * (T.Sum(T.Square(apart) * precisions, 2) + T.Reshape(constants, 1, components));
    }

    /// <summary>A component by the Gumbel-max rule, and a draw from it. Logits [1, K], noise [B, D + 2·K] → [B, D].</summary>
    public static T Sample<T>(T logits, T means, T logVariances, T noise) where T : struct, ITensor<T>
    {
        int components = means.Dims[0], size = means.Dims[1];
        var chosen = Reparameterizations.Categorical(logits, T.Slice(noise, 1, size, 2 * components));
        return Reparameterizations.Normal(T.MatMul(chosen, means), T.MatMul(chosen, logVariances), T.Slice(noise, 1, 0, size));
    }
}
