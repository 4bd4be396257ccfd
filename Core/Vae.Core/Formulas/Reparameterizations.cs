namespace Vae;

/// <summary>Draws as differentiable functions of parameters and noise; Kingma &amp; Welling 2014, section 2.4.</summary>
public static class Reparameterizations
{
    /// <summary>A draw from N(mu, exp(logVar)): mu + exp(logVar / 2)·eps. [B, D] → [B, D].</summary>
    /// <param name="mu">The mean, [B, D].</param>
    /// <param name="logVar">The log-variance, [B, D].</param>
    /// <param name="eps">Noise from N(0, 1), [B, D].</param>
    /// <example>
    /// <code>
    /// NdArray mu = NdArray.Full(0, 8, 2), logVar = NdArray.Full(0, 8, 2);
    /// NdArray eps = Normals.Draws(8, 2, KeyedRandom.FromSeed(1));
    /// NdArray z = Reparameterizations.Normal(mu, logVar, eps);
    /// </code>
    /// </example>
    public static T Normal<T>(T mu, T logVar, T eps) where T : struct, ITensor<T> => mu + T.Exp(0.5 * logVar) * eps;

    /// <summary>
    /// A one-hot draw with probabilities softmax(logits), by the Gumbel-max trick; no derivative; Maddison et al. 2014.
    /// </summary>
    /// <param name="logits">[B, K] or [1, K].</param>
    /// <param name="noise">Noise from N(0, 1), [B, 2·K].</param>
    /// <returns>[B, K].</returns>
    public static T Categorical<T>(T logits, T noise) where T : struct, ITensor<T>
    {
        var classes = logits.Dims[1];
        // Half the sum of two squares is exponentially distributed; its −ln is a Gumbel draw.
        var exponential = 0.5 * (T.Square(T.Slice(noise, 1, 0, classes)) + T.Square(T.Slice(noise, 1, classes, classes))) + 1e-30;
        return T.OneHotArgMax(logits - T.Log(exponential), 1);
    }
}
