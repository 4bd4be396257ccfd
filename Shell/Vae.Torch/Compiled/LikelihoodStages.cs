using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>The target of the likelihood in a program.</summary>
/// <param name="X">Name of the batch, [B, ...].</param>
/// <param name="Counted">Name of the mask, [1, ...]: 1 if a value counts, 0 if the condition shows it; null if all values count.</param>
/// <param name="Values">Number of values of an example that count.</param>
internal sealed record Observed(string X, string? Counted, long Values)
{
    /// <summary>An expression of terms, 0 for values that do not count.</summary>
    public string Times(string terms) => Counted is null ? terms : $"{terms} * {Counted}";

    /// <summary>The masking in place, as the end of a statement.</summary>
    public string InPlace => Counted is null ? "" : $".mul_({Counted})";
}

/// <summary>The derivative of −ln p, after the decoder's output has been replaced by Factor⁻¹ · ∂(−ln p).</summary>
/// <param name="Factor">The factor that remains to be multiplied.</param>
/// <param name="Own">Writes the gradient of the likelihood's own tensors, given the weight of each draw; null if it has none.</param>
internal sealed record Slope(double Factor, Action<string>? Own = null);

/// <summary>Likelihoods of the decoder's output [K·B, ...], viewed as [K, B, ...] beside x [B, ...].</summary>
internal static class LikelihoodStages
{
    /// <summary>Whether a likelihood is covered: normal and Bernoulli.</summary>
    public static bool Covers(Likelihood likelihood) => likelihood is Likelihood.Normal or Likelihood.Bernoulli;

    /// <summary>Whether a likelihood's σ is learned or fitted to each batch.</summary>
    public static bool LearnsScale(Likelihood likelihood) => Scale(likelihood) is not (null or Vae.Scale.Fixed);

    /// <summary>
    /// On measured steps, sums −ln p(x|z) over the batch into <c>reconstruction</c> and runs the given statements; then replaces
    /// the decoder's output by the derivative.
    /// </summary>
    public static Slope Summed(
        ProgramWriter to, Likelihood likelihood, ProgramTensor decoded, Observed observed, ValueList<string> measured)
    {
        if (Scale(likelihood) is not { } scale)
        {
            to.WhenMeasured(
                $"{StepNames.Reconstruction} = torch.binary_cross_entropy_with_logits("
                + $"{decoded.Name}, {observed.X}, {observed.Counted ?? "None"}, None, 2)", measured);
            to.Line($"{decoded.Name}.sigmoid_().sub_({observed.X}){observed.InPlace}");
            return new(1);
        }
        if (scale is not Vae.Scale.Fixed { Sigma: var sigma })
            return NormalStages.Summed(to, scale, decoded, observed, measured);
        to.Line($"{decoded.Name}.sub_({observed.X}){observed.InPlace}");
        var constant = Text(Constant(sigma, observed) * decoded.Rows);
        to.WhenMeasured(
            $"{StepNames.Reconstruction} = torch.sum(torch.square({decoded.Name})) * {Text(Halved(sigma))} + {constant}", measured);
        return new(2 * Halved(sigma));
    }

    /// <summary>
    /// Writes −ln p(x|z) of each draw into <c>reconstruction</c> [K·B]; then, if wanted, replaces the decoder's output by the
    /// derivative, as <see cref="Summed"/> does.
    /// </summary>
    public static Slope PerRow(
        ProgramWriter to, Likelihood likelihood, ProgramTensor decoded, int samples, Observed observed, bool derivative = true)
    {
        to.Buffer(StepNames.Reconstruction, decoded.Rows, new([]));
        ValueList<long> bySample = [samples, decoded.Rows / samples, .. decoded.Dims.Skip(1)];
        if (Scale(likelihood) is { } scale and not Vae.Scale.Fixed)
            return NormalStages.PerRow(to, scale, decoded, samples, observed);
        var decodedBySample = to.Reshaped(decoded, "decoded_by_sample", bySample);
        var terms = to.Buffer("reconstruction_terms", decoded.Rows, decoded.Shape);
        var rows = to.Reshaped(terms, "reconstruction_rows", Shape.Vector((int)decoded.Shape.Size));
        if (Scale(likelihood) is Vae.Scale.Fixed { Sigma: var sigma })
        {
            to.Line($"{decodedBySample}.sub_({observed.X}){observed.InPlace}");
            to.Line($"torch.mul({decoded.Name}, {decoded.Name}, out={terms.Name})");
            to.Line($"torch.sum({rows.Name}, [1], out={StepNames.Reconstruction})");
            to.Line($"{StepNames.Reconstruction}.mul_({Text(Halved(sigma))}).add_({Text(Constant(sigma, observed))})");
            return new(2 * Halved(sigma));
        }
        var termsBySample = to.Reshaped(terms, "reconstruction_terms_by_sample", bySample);
        Bernoulli(to, new(decoded, decodedBySample), new(terms, termsBySample), rows, observed);
        if (!derivative)
            return new(1);
        to.Line($"{decodedBySample}.sub_({observed.X}){observed.InPlace}");
        return new(1);
    }

    /// <summary>A tensor [K·B, ...] and the name of its view [K, B, ...].</summary>
    private readonly record struct Viewed(ProgramTensor All, string BySample);

    /// <summary>
    /// Writes −ln p = Σ max(l, 0) − x·l − ln max(σ(l), 1 − σ(l)), and replaces l by σ(l). The logarithm is the costly part, so up to
    /// sixteen of its arguments, which lie in [½, 1], are multiplied first: too few to underflow.
    /// </summary>
    private static void Bernoulli(ProgramWriter to, Viewed logits, Viewed each, ProgramTensor rows, Observed observed)
    {
        var (decoded, decodedBySample) = logits;
        var (terms, termsBySample) = each;
        // A logit of 0 makes all terms vanish but the last, whose argument is set to 1.
        if (observed.Counted is { } counted)
            to.Line($"{decodedBySample}.mul_({counted})");
        to.Line($"torch.clamp_min({decoded.Name}, 0, out={terms.Name})");
        to.Line($"{termsBySample}.addcmul_({decodedBySample}, {observed.X}, value=-1)");
        to.Line($"torch.sum({rows.Name}, [1], out={StepNames.Reconstruction})");
        to.Line($"{decoded.Name}.sigmoid_()");
        to.Line($"torch.maximum({decoded.Name}, torch.sub({to.One}, {decoded.Name}, out={terms.Name}), out={terms.Name})");
        if (observed.Counted is not null)
            to.Line($"{termsBySample}.sub_(1.0){observed.InPlace}.add_(1.0)");
        var (factors, left) = (rows, rows.Shape.Channels);
        for (var halving = 1; halving <= 4 && left % 2 == 0; halving++)
        {
            left /= 2;
            var (low, high) = (to.Columns(rows, $"factors_{left}", 0, left), to.Columns(rows, $"more_factors_{left}", left, left));
            to.Line($"torch.mul({low.Name}, {high.Name}, out={low.Name})");
            factors = low;
        }
        to.Line($"{StepNames.Reconstruction}.sub_(torch.sum(torch.log({factors.Name}), [1]))");
    }

    // Null for a Bernoulli; other likelihoods have been refused before.
    private static Scale? Scale(Likelihood likelihood) =>
        !Covers(likelihood) ? throw ProgramWriter.NotCovered() : (likelihood as Likelihood.Normal)?.Scale;

    private static double Halved(double sigma) => 1 / (2 * sigma * sigma);

    private static double Constant(double sigma, Observed observed) =>
        observed.Values * (Math.Log(sigma) + 0.5 * Math.Log(2 * Math.PI));
}
