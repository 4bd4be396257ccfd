using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>
/// Clipping, optimizer and averaging as TorchScript statements over flat buffers named
/// flat, gradient, first, second, steps, rate, average and skipped.
/// </summary>
internal static class OptimizerProgram
{
    /// <summary>Names of the buffers, in the order of the function's parameters.</summary>
    public static ValueList<string> Parameters { get; } = [
        StepNames.Flat, StepNames.Gradient, StepNames.First, StepNames.Second,
        StepNames.Steps, StepNames.Rate, StepNames.Average, StepNames.Skipped];

    /// <summary>
    /// The result of a function around the statements: TorchScript drops a call whose list arguments are not used afterwards.
    /// </summary>
    public const string Result = "updated[0]";

    /// <summary>The statements, without indentation.</summary>
    public static ValueList<string> Lines(TrainSpec train) => ["updated = [flat]", .. Clipped(train.Clipping, Update(train))];

    /// <summary>The same for a number of weights, without libtorch; null for other optimizers than Adam, with clipping or an average.</summary>
    public static StepKernel? Kernel(TrainSpec train, long size) => train switch
    {
        not { Clipping: Clipping.None, Averaging: Averaging.None } => null,
        { Optimizer: Optimizer.Adam a } => new AdamKernel(a.Beta1, a.Beta2, a.Epsilon, 0, size),
        { Optimizer: Optimizer.AdamW a } => new AdamKernel(a.Beta1, a.Beta2, a.Epsilon, a.Decay, size),
        _ => null,
    };

    // A norm of NaN fails the comparison, so the step is skipped too.
    private static ValueList<string> Clipped(Clipping clipping, ValueList<string> update) => clipping.Match(
        none: _ => update,
        norm: n => [$"gradient.mul_(torch.clamp({Text(n.Max)} / (torch.linalg_vector_norm(gradient) + 1e-12), max=1.0))", .. update],
        skip: s => ValueList.From([
            $"if bool(torch.linalg_vector_norm(gradient) <= {Text(s.Above)}):",
            .. Clipped(s.Otherwise, update).Select(line => $"    {line}"),
            "else:", "    skipped.add_(1.0)"]));

    private static ValueList<string> Update(TrainSpec train) => [
        "steps.add_(1)",
        .. train.Optimizer.Match<ValueList<string>>(
            adam: a => [Adam(a.Beta1, a.Beta2, a.Epsilon, 0, "_fused_adam_")],
            adamW: a => [Adam(a.Beta1, a.Beta2, a.Epsilon, a.Decay, "_fused_adamw_")],
            sgd: s => s.Momentum == 0
                ? ["flat.sub_(gradient * rate)"]
                : [$"first.mul_({Text(s.Momentum)}).add_(gradient)", "flat.sub_(first * rate)"]),
        .. train.Averaging.Match<ValueList<string>>(
            none: _ => [],
            // At first the average follows the weights closely, to forget the initial values: decay(t) = min(decay, (1 + t) / (10 + t)).
            // In float64, as the rate: 1 − 0.9999 has three digits in float32.
            exponential: e => [
                "average.lerp_(flat, (1.0 - torch.clamp((1.0 + steps.to(rate.dtype)) / (10.0 + steps.to(rate.dtype)), "
                + $"max={Text(e.Decay)})).to(average.dtype))"])];

    /// <summary>A complete function of the statements.</summary>
    public static string Function(TrainSpec train) =>
        $"def update({string.Join(", ", Parameters)}):\n{string.Concat(Lines(train).Select(line => $"    {line}\n"))}    return {Result}\n";

    private static string Adam(double beta1, double beta2, double epsilon, double decay, string name) =>
        $"torch.{name}(updated, [gradient], [first], [second], [], [steps], lr=rate, beta1={Text(beta1)}, beta2={Text(beta2)}, " +
        $"weight_decay={Text(decay)}, eps={Text(epsilon)}, amsgrad=False, maximize=False)";
}
