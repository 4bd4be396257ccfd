namespace Vae.Torch;

/// <summary>A buffer that is filled with noise before each call.</summary>
/// <param name="Buffer">Name of the buffer.</param>
/// <param name="Use">What the noise is for.</param>
internal sealed record NoiseBuffer(string Buffer, NoiseUse Use);

/// <summary>The key of a buffer's noise, but for the step.</summary>
/// <param name="Purpose">The purpose: uniform noise for dropout, else normal noise.</param>
/// <param name="Place">Index among the draws of one step for this purpose.</param>
/// <param name="Part">Index of the network among those of posterior and prior, for dropout in it.</param>
internal sealed record NoiseUse(Purpose Purpose, int Place = 0, int Part = 0)
{
    /// <summary>The posterior's draws.</summary>
    public static NoiseUse OfPosterior { get; } = new(Purpose.Posterior);

    /// <summary>Whether the noise is uniform on [0, 1), else N(0, 1).</summary>
    public bool IsUniform => Purpose is Purpose.Dropout or Purpose.PartDropout;

    /// <summary>Fills a buffer for a step.</summary>
    public void Fill(TorchSharp.torch.Tensor buffer, KeyedNoise noise, long step)
    {
        var key = Purpose switch
        {
            Purpose.Dropout => Forward.DropoutKey(step, Place),
            Purpose.PartDropout => Forward.PartDropoutKey(step, Part, Place),
            Purpose.Objective => NoiseKeys.OfObjective(step, Place),
            _ => step,
        };
        if (IsUniform)
            noise.Uniform(buffer, 0, 1, Purpose, key);
        else
            noise.Normal(buffer, Purpose, key);
    }
}

/// <summary>Keys of an objective's own draws.</summary>
internal static class NoiseKeys
{
    // The draws of one step have different keys.
    private const int PerStep = 4;

    /// <summary>The key of a draw by its index in the step.</summary>
    public static long OfObjective(long step, int place) => PerStep * step + place;
}
