namespace Vae.Torch;

/// <summary>Names in a program that several stages, or a stage and the caller, share.</summary>
internal static class StepNames
{
    /// <summary>The batch, [B, ...], and its condition, [B, W].</summary>
    public const string X = "x", Condition = "c";

    /// <summary>The mask of the likelihood: 1 if a value counts, 0 if the condition shows it; [1, ...].</summary>
    public const string Counted = "counted";

    /// <summary>The input of a network that is compiled alone.</summary>
    public const string Given = "given";

    /// <summary>The KL weight β and the capacity of the step; [], float64.</summary>
    public const string Beta = "beta", Capacity = "capacity";

    /// <summary>Sums of the loss terms over measured steps; [], float64.</summary>
    public const string LossSum = "loss_sum", ReconstructionSum = "reconstruction_sum", KlSum = "kl_sum";

    /// <summary>−ln p(x|z), summed over the batch or of each draw, and the sum of the KL over the batch; nats.</summary>
    public const string Reconstruction = "reconstruction", Kl = "kl";

    /// <summary>The draws [K·B, D], their view [K, B, D], and their noise [K·B, D].</summary>
    public const string Z = "z", ZBySample = "z_by_sample", Eps = "eps";

    /// <summary>The normalized importance weight of each draw, over the batch size; [K·B, 1].</summary>
    public const string Share = "share";

    /// <summary>∂loss/∂z; [K·B, D].</summary>
    public const string DZ = "d_z";

    /// <summary>Gradients of the prior's means and log-variances; [B, D].</summary>
    public const string DPriorMeans = "d_prior_means", DPriorLogVariances = "d_prior_log_variances";

    /// <summary>The optimizer's buffers, as <see cref="OptimizerProgram"/> names them.</summary>
    public const string Flat = "flat", Gradient = "gradient", First = "first", Second = "second",
        Steps = "steps", Rate = "rate", Average = "average", Skipped = "skipped";
}
