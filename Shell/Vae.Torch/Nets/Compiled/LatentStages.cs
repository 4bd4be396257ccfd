using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>The parts of a diagonal normal posterior and its draws, as a program names them.</summary>
/// <param name="Mean">[B, D].</param>
/// <param name="LogVariance">[B, D].</param>
/// <param name="Z">The draws [K·B, D].</param>
/// <param name="Samples">K.</param>
internal sealed record Latent(Value Mean, Value LogVariance, Value Z, int Samples)
{
    public ValueList<long> BySample => [Samples, Mean.Rows, Mean.Shape.Channels];
}

/// <summary>Draws from the posterior, the divergence from a standard normal prior, and what both send back to the encoder.</summary>
internal static class LatentStages
{
    /// <summary>z = mean + exp(log_variance / 2) · eps, written into the given columns of the decoder's input.</summary>
    public static Latent Sample(ProgramWriter to, Value parameters, Value z, int samples)
    {
        int size = z.Shape.Channels, batch = parameters.Rows;
        var latent = new Latent(to.Columns(parameters, "mean", 0, size), to.Columns(parameters, "log_variance", size, size), z, samples);
        to.Comment("z = mean + exp(log_variance / 2) · eps");
        var deviation = to.Buffer("deviation", batch, z.Shape);
        var eps = to.Reshaped(to.Noise("eps", samples * batch, z.Shape), "eps_by_sample", latent.BySample);
        var shift = to.Reshaped(to.Buffer("shift", samples * batch, z.Shape), "shift_by_sample", latent.BySample);
        to.Line("torch.mul(log_variance, 0.5, out=deviation)");
        to.Line($"{deviation.Name}.exp_()");
        to.Line($"torch.mul({eps}, deviation, out={shift})");
        to.Line($"torch.add({shift}, mean, out={to.Reshaped(z, "z_by_sample", latent.BySample)})");
        return latent;
    }

    /// <summary>The sum of KL(q ‖ N(0, I)) over the batch, in closed form.</summary>
    public static string SummedKl => "kl = 0.5 * torch.sum(torch.exp(log_variance) + torch.square(mean) - 1.0 - log_variance)";

    /// <summary>∂/∂(mean, log_variance) of reconstruction + β·KL, averaged over the batch; <c>d_z</c> is that of the reconstruction.</summary>
    public static Value ElboAdjoint(ProgramWriter to, Latent latent, Value parameters)
    {
        var gradient = Gradient(to, parameters);
        to.Line($"weight = beta * {Text(1.0 / latent.Mean.Rows)}");
        to.Line("torch.addcmul(d_z, mean, weight, out=d_mean)");
        to.Line("torch.mul(d_z, shift, out=d_log_variance)");
        to.Line("deviation.square_().sub_(1)");
        to.Line("d_log_variance.addcmul_(deviation, weight).mul_(0.5)");
        return gradient;
    }

    /// <summary>The same of −ln (1/K) Σ w, with <c>share</c> [K·B, 1] the weight of each draw in it over the batch size: ln q is constant in the mean, and −½ in each log-variance.</summary>
    public static Value ImportanceAdjoint(ProgramWriter to, Latent latent, Value parameters)
    {
        var gradient = Gradient(to, parameters);
        var bySample = to.Reshaped(to.Buffer("d_terms", latent.Z.Rows, latent.Z.Shape), "d_terms_by_sample", latent.BySample);
        to.Line("torch.addcmul(d_z, z, share, out=d_terms)");
        to.Line($"torch.sum({bySample}, [0], out=d_mean)");
        to.Line("d_terms.mul_(shift)");
        to.Line($"torch.sum({bySample}, [0], out=d_log_variance)");
        to.Line($"d_log_variance.sub_({Text(1.0 / latent.Mean.Rows)}).mul_(0.5)");
        return gradient;
    }

    private static Value Gradient(ProgramWriter to, Value parameters)
    {
        var size = parameters.Shape.Channels / 2;
        var gradient = to.Buffer("d_parameters", parameters.Rows, parameters.Shape);
        to.Columns(gradient, "d_mean", 0, size);
        to.Columns(gradient, "d_log_variance", size, size);
        to.Comment("backward through the draws and the divergence");
        return gradient;
    }
}
