namespace Vae;

/// <summary>Draws as differentiable functions of parameters and given noise: Kingma &amp; Welling 2014, section 2.4.</summary>
public static class Reparameterizations
{
    /// <summary>mu + exp(logVar / 2)·eps. [B, D], noise from N(0, 1) → [B, D] from N(mu, exp(logVar)).</summary>
    public static T Normal<T>(T mu, T logVar, T eps) where T : struct, ITensor<T> => mu + T.Exp(0.5 * logVar) * eps;

    /// <summary>
    /// One-hot by the probabilities softmax(logits), without a derivative. Logits [B or 1, K], noise [B, 2·K] from N(0, 1) → [B, K]; the
    /// Gumbel-max rule, Maddison et al. 2014.
    /// </summary>
    public static T Categorical<T>(T logits, T noise) where T : struct, ITensor<T>
    {
        var classes = logits.Dims[1];
        // Half the sum of two squares is exponential, and −ln of it a Gumbel draw.
        var exponential = 0.5 * (T.Square(T.Slice(noise, 1, 0, classes)) + T.Square(T.Slice(noise, 1, classes, classes))) + 1e-30;
        return T.OneHotArgMax(logits - T.Log(exponential), 1);
    }
}
