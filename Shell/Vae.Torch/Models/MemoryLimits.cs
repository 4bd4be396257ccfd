using System.Globalization;

namespace Vae.Torch;

/// <summary>Refuses what cannot fit into the machine's memory, before any of it is taken.</summary>
internal static class MemoryLimits
{
    private const int FloatSize = 4;

    /// <summary>Bytes that the process may use: those of the machine, or of its container.</summary>
    public static long Available => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Throws unless some numbers of 32 bits fit into memory.</summary>
    /// <param name="count">How many, at least.</param>
    /// <param name="what">What they are, for the message: <c>2,000,000,000 draws</c>.</param>
    /// <exception cref="VaeException">They do not fit.</exception>
    public static void Require(Int128 count, string what)
    {
        if (count * FloatSize > Available)
            throw new VaeException($"memory: must hold {what}, at least {Size(count * FloatSize)} ({NativeErrors.Advice}), "
                + $"got {Size(Available)} in all");
    }

    /// <summary>Throws unless draws from a model fit: noise, codes and examples.</summary>
    public static void RequireDraws(VaeSpec spec, long count) => Require(
        (Int128)count * (spec.Prior.Formulas().Noise(spec.Latent) + spec.Latent + Likelihoods.MeanShape(spec.Likelihood, spec.Input).Size),
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} draws"));

    /// <summary>Throws unless a training step can fit: weights, gradient and moments, and the codes and outputs of all draws.</summary>
    public static void RequireStep(Experiment experiment)
    {
        const int copies = 4;
        var (spec, samples) = (experiment.Model, experiment.Objective.Formulas().Samples);
        var rows = (Int128)experiment.Train.Batch * Math.Max(1, samples);
        Require(copies * (Int128)Parameters.Count(spec) + rows * (spec.Latent + Wiring.DecoderOutput(spec).Size), string.Create(
            CultureInfo.InvariantCulture, $"a step of {experiment.Train.Batch:N0} examples with {Math.Max(1, samples):N0} draws each"));
    }

    private static string Size(Int128 bytes) => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / (1 << 30):#,0.0} GiB");
}
