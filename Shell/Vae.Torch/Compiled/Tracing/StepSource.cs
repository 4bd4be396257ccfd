namespace Vae.Torch;

/// <summary>Where an input of a recorded step comes from.</summary>
internal abstract record StepSource
{
    /// <summary>A tensor that the caller passes; the batch and its condition are others in each step.</summary>
    public sealed record Given(string Name, bool IsStatic) : StepSource;

    /// <summary>A tensor of the model.</summary>
    public sealed record Weight(string Name) : StepSource;

    /// <summary>Noise for some rows.</summary>
    public sealed record Noise(string Name, NoiseUse Use) : StepSource;

    /// <summary>The value of a schedule.</summary>
    public sealed record Scheduled(string Name, Schedule Schedule) : StepSource;
}

/// <summary>A formula that the compiled step cannot record; the message gives the reason.</summary>
internal sealed class NotRecordedException(string reason) : Exception(reason);
