using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>A trained normal prior as a program names it, [B, D] or [D], and what takes the gradient [B, 2·D] of its mean and log-variance.</summary>
internal sealed record NormalPrior(string Mean, string LogVariance, Action<ProgramTensor> Adjoint);

/// <summary>Priors beside N(0, I).</summary>
internal static class PriorStages
{
    /// <summary>Whether a prior is written here.</summary>
    public static bool Covers(Prior prior) => prior is Prior.StandardNormal or Prior.Conditional or Prior.LearnedNormal;

    /// <summary>The prior's network forward, if it has one; null for N(0, I).</summary>
    public static NormalPrior? Write(ProgramWriter to, NetworkStages networks, VaeSpec spec, ConditionInput? condition) => spec.Prior switch
    {
        Prior.StandardNormal => null,
        Prior.Conditional => Conditional(to, networks, spec, condition!),
        Prior.LearnedNormal => Learned(to),
        _ => throw ProgramWriter.NotCovered(),
    };

    /// <summary>A buffer for the gradient, and names of its two halves.</summary>
    public static ProgramTensor Gradient(ProgramWriter to, int batch, int size)
    {
        var gradient = to.Buffer("d_prior_parameters", batch, Shape.Vector(2 * size));
        to.Columns(gradient, StepNames.DPriorMeans, 0, size);
        to.Columns(gradient, StepNames.DPriorLogVariances, size, size);
        return gradient;
    }

    private static NormalPrior Conditional(ProgramWriter to, NetworkStages networks, VaeSpec spec, ConditionInput condition)
    {
        var network = networks.Network(Wiring.PriorLayers(spec), "prior", ConditionStages.Alone(to, condition, Wiring.PriorInput(spec)), condition);
        var (mean, logVariance) = (to.Columns(network.Output, "prior_mean", 0, spec.Latent), to.Columns(network.Output, "prior_log_variance", spec.Latent, spec.Latent));
        return new(mean.Name, logVariance.Name, gradient => network.Adjoint(gradient));
    }

    private static NormalPrior Learned(ProgramWriter to) => new(to.Weight("prior.mean"), to.Weight("prior.logVariance"), _ =>
    {
        to.Line($"torch.sum(d_prior_means, [0], out={to.Gradient("prior.mean")})");
        to.Line($"torch.sum(d_prior_log_variances, [0], out={to.Gradient("prior.logVariance")})");
    });
}
