using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>A trained normal prior in a program.</summary>
/// <param name="Mean">Name of the means, [B, D] or [D].</param>
/// <param name="LogVariance">Name of the log-variances, [B, D] or [D].</param>
/// <param name="Adjoint">Takes the gradient [B, 2·D] of means and log-variances.</param>
internal sealed record NormalPrior(string Mean, string LogVariance, Action<ProgramTensor> Adjoint);

/// <summary>Priors other than N(0, I).</summary>
internal static class PriorStages
{
    /// <summary>Whether a prior is covered: standard, learned and conditional normal.</summary>
    public static bool Covers(Prior prior) => prior is Prior.StandardNormal or Prior.Conditional or Prior.LearnedNormal;

    /// <summary>Writes the prior's network, if it has one, and returns the prior; null for N(0, I).</summary>
    public static NormalPrior? Write(ProgramWriter to, NetworkStages networks, VaeSpec spec, ConditionInput? condition) =>
        spec.Prior switch
        {
            Prior.StandardNormal => null,
            Prior.Conditional => Conditional(to, networks, spec, condition!),
            Prior.LearnedNormal => Learned(to),
            _ => throw ProgramWriter.NotCovered(),
        };

    /// <summary>A buffer for the gradient of means and log-variances, with a name for each half.</summary>
    public static ProgramTensor Gradient(ProgramWriter to, int batch, int size)
    {
        var gradient = to.Buffer("d_prior_parameters", batch, Shape.Vector(2 * size));
        to.Columns(gradient, StepNames.DPriorMeans, 0, size);
        to.Columns(gradient, StepNames.DPriorLogVariances, size, size);
        return gradient;
    }

    private static NormalPrior Conditional(ProgramWriter to, NetworkStages networks, VaeSpec spec, ConditionInput condition)
    {
        var input = ConditionStages.Alone(to, condition, Wiring.PriorInput(spec));
        var network = networks.Network(Wiring.PriorLayers(spec), "prior", input, condition);
        var mean = to.Columns(network.Output, "prior_mean", 0, spec.Latent);
        var logVariance = to.Columns(network.Output, "prior_log_variance", spec.Latent, spec.Latent);
        LatentStages.Bound(to, logVariance.Name);
        return new(mean.Name, logVariance.Name, gradient =>
        {
            LatentStages.BoundAdjoint(to, StepNames.DPriorLogVariances, logVariance.Name);
            network.Adjoint(gradient);
        });
    }

    private static NormalPrior Learned(ProgramWriter to) => new(to.Weight("prior.mean"), to.Weight("prior.logVariance"), _ =>
    {
        to.Line($"torch.sum(d_prior_means, [0], out={to.Gradient("prior.mean")})");
        to.Line($"torch.sum(d_prior_log_variances, [0], out={to.Gradient("prior.logVariance")})");
    });
}
