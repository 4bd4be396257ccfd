namespace Vae;

/// <summary>Lower bounds on ln p(x), estimated from their terms. [B] or [K, B] → [B]; nats per example.</summary>
internal static class Bounds
{
    /// <summary>
    /// ln p(x|z) + ln p(z) − ln q(z|x): the estimator of Kingma &amp; Welling 2014, eq. 6; also the log-weight of Burda et al.
    /// 2016.
    /// </summary>
    public static T MonteCarloElbo<T>(T logLikelihood, T logPrior, T logPosterior) where T : struct, ITensor<T> =>
        logLikelihood + logPrior - logPosterior;

    /// <summary>
    /// ln p(x|z) − KL(q(z|x) ‖ p(z)): the estimator of Kingma &amp; Welling 2014, eq. 7, of lower variance where the KL
    /// has a closed form.
    /// </summary>
    public static T Elbo<T>(T logLikelihood, T kl) where T : struct, ITensor<T> => logLikelihood - kl;

    /// <summary>The loss −ln p(x|z) + β·KL; Higgins et al. 2017, eq. 4.</summary>
    public static T NegElbo<T>(T reconstruction, T kl, double beta) where T : struct, ITensor<T> => reconstruction + beta * kl;

    /// <summary>ln (1/K) Σₖ wₖ from log-weights [K, B] → [B]; Burda et al. 2016, eq. 8. With K = 1 the ELBO of eq. 6.</summary>
    public static T ImportanceWeighted<T>(T logWeights) where T : struct, ITensor<T> => Stable.LogMeanExp(logWeights, 0);
}
