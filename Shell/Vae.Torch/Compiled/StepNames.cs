namespace Vae.Torch;

/// <summary>Names in a program that several stages, or a stage and the caller, share.</summary>
internal static class StepNames
{
    /// <summary>The batch, [B, ...], and its condition, [B, W].</summary>
    public const string X = "x", Condition = "c";

    /// <summary>The mask of the likelihood: 1 if a value counts, 0 if the condition shows it; [1, ...].</summary>
    public const string Counted = "counted";

    /// <summary>The input of a network that is compiled by itself.</summary>
    public const string Given = "given";

    /// <summary>The KL weight β of the step; [], float64.</summary>
    public const string Beta = "beta";

    /// <summary>Sums of the loss terms over measured steps; [], float64.</summary>
    public const string LossSum = "loss_sum", ReconstructionSum = "reconstruction_sum", KlSum = "kl_sum";

    /// <summary>Noise of the posterior's draws; [K·B, N].</summary>
    public const string Eps = "eps";

    /// <summary>The optimizer's buffers, as <see cref="OptimizerProgram"/> names them.</summary>
    public const string Flat = "flat", Gradient = "gradient", First = "first", Second = "second",
        Steps = "steps", Rate = "rate", Average = "average", Skipped = "skipped";
}
