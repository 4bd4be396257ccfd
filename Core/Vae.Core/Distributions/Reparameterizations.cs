namespace Vae;

/// <summary>Draws as differentiable functions of parameters and given noise: Kingma &amp; Welling 2014, section 2.4.</summary>
public static class Reparameterizations
{
    /// <summary>mu + exp(logVar / 2)·eps. [B, D], noise from N(0, 1) → [B, D] from N(mu, exp(logVar)).</summary>
    public static T Normal<T>(T mu, T logVar, T eps) where T : struct, ITensor<T> => mu + T.Exp(0.5 * logVar) * eps;
}
