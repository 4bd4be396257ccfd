namespace Vae.Torch;

/// <summary>Names in a program that one stage writes and another, or the caller, reads.</summary>
internal static class StepNames
{
    /// <summary>The batch, [B, ...], and its condition, [B, W].</summary>
    public const string X = "x", Condition = "c";

    /// <summary>1 where the likelihood counts a value and 0 where the condition shows it; [1, ...].</summary>
    public const string Counted = "counted";

    /// <summary>The input of a network that is compiled alone.</summary>
    public const string Given = "given";

    /// <summary>The KL weight β and the capacity of the step; [], float64.</summary>
    public const string Beta = "beta", Capacity = "capacity";

    /// <summary>Sums of the loss terms over measured steps; [], float64.</summary>
    public const string LossSum = "loss_sum", ReconstructionSum = "reconstruction_sum", KlSum = "kl_sum";

    /// <summary>−ln p(x|z), summed over the batch or of each draw, and the sum of the KL over the batch; nats.</summary>
    public const string Reconstruction = "reconstruction", Kl = "kl";

    /// <summary>The draws [K·B, D], as [K, B, D], and the noise that they are made of.</summary>
    public const string Z = "z", ZBySample = "z_by_sample", Eps = "eps";

    /// <summary>The weight of each draw in a bound of several, over the batch size; [K·B, 1].</summary>
    public const string Share = "share";

    /// <summary>∂loss/∂z; [K·B, D].</summary>
    public const string DZ = "d_z";

    /// <summary>∂loss/∂ the prior's means and log-variances; [B, D].</summary>
    public const string DPriorMeans = "d_prior_means", DPriorLogVariances = "d_prior_log_variances";

    /// <summary>What the optimizer reads and writes, as <see cref="OptimizerProgram"/> names it.</summary>
    public const string Flat = "flat", Gradient = "gradient", First = "first", Second = "second",
        Steps = "steps", Rate = "rate", Average = "average", Skipped = "skipped";
}
