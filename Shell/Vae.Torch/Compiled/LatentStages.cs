using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>A diagonal normal posterior, its draws and the prior in a program.</summary>
/// <param name="Mean">Means of q, [B, D].</param>
/// <param name="LogVariance">Log-variances of q, [B, D].</param>
/// <param name="Z">The draws [K·B, D].</param>
/// <param name="Samples">K, the number of draws of each example.</param>
/// <param name="Prior">The prior; null for N(0, I).</param>
internal sealed record Latent(ProgramTensor Mean, ProgramTensor LogVariance, ProgramTensor Z, int Samples, NormalPrior? Prior)
{
    public ValueList<long> BySample => [Samples, Mean.Rows, Mean.Shape.Channels];

    public int Size => Mean.Shape.Channels;

    /// <summary>ln σ² of q minus ln σ² of p, the same for all draws of an example.</summary>
    public string Shared => Prior is null ? "log_variance" : $"log_variance - {Prior.LogVariance}";

    public int Batch => Mean.Rows;
}

/// <summary>Draws from the posterior, the closed-form KL to the prior, and the backward pass of both.</summary>
internal static class LatentStages
{
    /// <summary>z = mean + exp(log_variance / 2) · eps, written into the given columns of the decoder's input.</summary>
    public static Latent Sample(ProgramWriter to, ProgramTensor parameters, ProgramTensor z, int samples, NormalPrior? prior)
    {
        int size = z.Shape.Channels, batch = parameters.Rows;
        var latent = new Latent(
            to.Columns(parameters, "mean", 0, size), to.Columns(parameters, "log_variance", size, size), z, samples, prior);
        Bound(to, "log_variance");
        to.Comment("z = mean + exp(log_variance / 2) · eps");
        var deviation = to.Buffer("deviation", batch, z.Shape);
        var eps = to.Reshaped(to.Noise(StepNames.Eps, samples * batch, z.Shape), "eps_by_sample", latent.BySample);
        var shift = to.Reshaped(to.Buffer("shift", samples * batch, z.Shape), "shift_by_sample", latent.BySample);
        to.Line($"torch.mul(log_variance, {to.Half}, out=deviation)");
        to.Line($"{deviation.Name}.exp_()");
        to.Line($"torch.mul({eps}, deviation, out={shift})");
        to.Line($"torch.add({shift}, mean, out={to.Reshaped(z, StepNames.ZBySample, latent.BySample)})");
        return latent;
    }

    /// <summary>Bounds log-variances in place, as <see cref="Normals.BoundedLogVar"/> does; what is beyond a bound is kept.</summary>
    public static void Bound(ProgramWriter to, string name)
    {
        double middle = (Normals.MinLogVar + Normals.MaxLogVar) / 2, half = (Normals.MaxLogVar - Normals.MinLogVar) / 2;
        to.Line($"{name}_from_middle = {name} - {Text(middle)}");
        to.Line($"{name}_excess = torch.relu(torch.abs({name}_from_middle) - {Text(half)})");
        to.Line($"{name}_side = torch.sign({name}_from_middle)");
        to.Line($"{name}.sub_({name}_side * {name}_excess).add_({name}_side * torch.log1p({name}_excess))");
    }

    /// <summary>The gradient for what was bounded, from that for what it became.</summary>
    public static void BoundAdjoint(ProgramWriter to, string gradient, string name) => to.Line($"{gradient}.div_({name}_excess + 1.0)");

    /// <summary>KL(q ‖ p) of each value, [B, D]; nats.</summary>
    public static string KlPerValue(NormalPrior? prior) => prior is null
        ? "0.5 * (torch.exp(log_variance) + torch.square(mean) - 1.0 - log_variance)"
        : $"0.5 * (torch.exp(log_variance - {prior.LogVariance}) + torch.square(mean - {prior.Mean}) * torch.exp(-{prior.LogVariance})"
            + $" - 1.0 - log_variance + {prior.LogVariance})";

    /// <summary>The statement that sums the KL over the batch.</summary>
    public static string SummedKl(NormalPrior? prior) => $"{StepNames.Kl} = torch.sum({KlPerValue(prior)})";

    /// <summary>
    /// ∂/∂(mean, log_variance) of reconstruction + weight · KL, given ∂ reconstruction/∂z in <c>d_z</c>; also passes the prior its
    /// gradient.
    /// </summary>
    public static ProgramTensor ElboAdjoint(ProgramWriter to, Latent latent, ProgramTensor parameters, string weight)
    {
        var gradient = Gradient(to, parameters);
        to.Line($"weight = {weight}");
        if (latent.Prior is not { } prior)
        {
            to.Line($"torch.addcmul({StepNames.DZ}, mean, weight, out=d_mean)");
            to.Line($"torch.mul({StepNames.DZ}, shift, out=d_log_variance)");
            to.Line($"deviation.square_().add_({to.MinusOne})");
            to.Line($"d_log_variance.addcmul_(deviation, weight).mul_({to.Half})");
            BoundAdjoint(to, "d_log_variance", "log_variance");
            return gradient;
        }
        to.Line($"prior_precision = torch.exp(-{prior.LogVariance})");
        to.Line($"apart = mean - {prior.Mean}");
        to.Line("pull = apart * prior_precision");
        to.Line("ratio = deviation.square_() * prior_precision");
        to.Line($"torch.addcmul({StepNames.DZ}, pull, weight, out=d_mean)");
        to.Line($"torch.mul({StepNames.DZ}, shift, out=d_log_variance)");
        to.Line($"d_log_variance.addcmul_(ratio - 1.0, weight).mul_({to.Half})");
        BoundAdjoint(to, "d_log_variance", "log_variance");
        var own = PriorStages.Gradient(to, latent.Batch, latent.Size);
        to.Line($"torch.mul(pull, -weight, out={StepNames.DPriorMeans})");
        to.Line($"torch.mul(1.0 - ratio - pull * apart, 0.5 * weight, out={StepNames.DPriorLogVariances})");
        prior.Adjoint(own);
        return gradient;
    }

    /// <summary>∂/∂(mean, log_variance) of the reconstruction only.</summary>
    public static ProgramTensor ReconstructionAdjoint(ProgramWriter to, ProgramTensor parameters)
    {
        var gradient = Gradient(to, parameters);
        to.Line($"d_mean.copy_({StepNames.DZ})");
        to.Line($"torch.mul({StepNames.DZ}, shift, out=d_log_variance)");
        to.Line($"d_log_variance.mul_({to.Half})");
        BoundAdjoint(to, "d_log_variance", "log_variance");
        return gradient;
    }

    /// <summary>The names of z − μ and (z − μ) / σ² with the prior's μ and σ, [K·B, D]: z and z for N(0, I).</summary>
    public static (string Apart, string Pull) FromPrior(ProgramWriter to, Latent latent)
    {
        if (latent.Prior is not { } prior)
            return (StepNames.Z, StepNames.Z);
        var apart = to.Reshaped(to.Buffer("apart", latent.Z.Rows, latent.Z.Shape), "apart_by_sample", latent.BySample);
        var pull = to.Reshaped(to.Buffer("pull", latent.Z.Rows, latent.Z.Shape), "pull_by_sample", latent.BySample);
        to.Line($"torch.sub({StepNames.ZBySample}, {prior.Mean}, out={apart})");
        to.Line($"torch.mul({apart}, torch.exp(-{prior.LogVariance}), out={pull})");
        return ("apart", "pull");
    }

    /// <summary>
    /// ∂/∂(mean, log_variance) of −ln (1/K) Σ w, where <c>share</c> [K·B, 1] is the normalized weight of each draw over the batch
    /// size: ∂ ln q is 0 for the mean and −½ for each log-variance; ∂ ln p is −½ for each log-variance of the prior.
    /// </summary>
    public static ProgramTensor ImportanceAdjoint(ProgramWriter to, Latent latent, ProgramTensor parameters)
    {
        var gradient = Gradient(to, parameters);
        var bySample = to.Reshaped(to.Buffer("d_terms", latent.Z.Rows, latent.Z.Shape), "d_terms_by_sample", latent.BySample);
        var pulled = latent.Prior is null ? StepNames.Z : "pull";
        to.Line($"torch.addcmul({StepNames.DZ}, {pulled}, {StepNames.Share}, out=d_terms)");
        to.Line($"torch.sum({bySample}, [0], out=d_mean)");
        to.Line("d_terms.mul_(shift)");
        to.Line($"torch.sum({bySample}, [0], out=d_log_variance)");
        to.Line($"d_log_variance.sub_({Text(1.0 / latent.Batch)}).mul_({to.Half})");
        BoundAdjoint(to, "d_log_variance", "log_variance");
        if (latent.Prior is not { } prior)
            return gradient;
        var own = PriorStages.Gradient(to, latent.Batch, latent.Size);
        to.Line($"pull.mul_({StepNames.Share})");
        to.Line($"torch.sum(pull_by_sample, [0], out={StepNames.DPriorMeans})");
        to.Line($"{StepNames.DPriorMeans}.neg_()");
        to.Line("pull.mul_(apart)");
        to.Line($"torch.sum(pull_by_sample, [0], out={StepNames.DPriorLogVariances})");
        to.Line($"{StepNames.DPriorLogVariances}.sub_({Text(1.0 / latent.Batch)}).mul_(-0.5)");
        prior.Adjoint(own);
        return gradient;
    }

    private static ProgramTensor Gradient(ProgramWriter to, ProgramTensor parameters)
    {
        var size = parameters.Shape.Channels / 2;
        var gradient = to.Buffer("d_parameters", parameters.Rows, parameters.Shape);
        to.Columns(gradient, "d_mean", 0, size);
        to.Columns(gradient, "d_log_variance", size, size);
        to.Comment("backward through the draws and the divergence");
        return gradient;
    }
}
