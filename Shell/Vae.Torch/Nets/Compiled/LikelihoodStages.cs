using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Likelihoods written out over what the decoder gives, [K·B, ...] as [K, B, ...] beside x [B, ...].</summary>
internal static class LikelihoodStages
{
    /// <summary>Whether a likelihood is written here: a normal of a fixed σ, or a Bernoulli.</summary>
    public static bool Covers(Likelihood likelihood) => likelihood is Likelihood.Normal { Scale: Scale.Fixed } or Likelihood.Bernoulli;

    /// <summary>On measured steps sums −ln p(x|z) over the batch into <c>reconstruction</c>, for the given statements; then the decoder's output holds factor⁻¹ · ∂(−ln p). Gives the factor.</summary>
    public static double Summed(ProgramWriter to, Likelihood likelihood, Value decoded, string x, ValueList<string> measured)
    {
        if (Sigma(likelihood) is { } sigma)
        {
            to.Line($"{decoded.Name}.sub_({x})");
            to.WhenMeasured($"reconstruction = torch.sum(torch.square({decoded.Name})) * {Text(Halved(sigma))} + {Text(Constant(sigma, decoded) * decoded.Rows)}", measured);
            return 2 * Halved(sigma);
        }
        to.WhenMeasured($"reconstruction = torch.binary_cross_entropy_with_logits({decoded.Name}, {x}, None, None, 2)", measured);
        to.Line($"{decoded.Name}.sigmoid_().sub_({x})");
        return 1;
    }

    /// <summary>Writes −ln p(x|z) of each draw into <c>reconstruction</c> [K·B]; then, where it is wanted, the derivative as <see cref="Summed"/>.</summary>
    public static double PerRow(ProgramWriter to, Likelihood likelihood, Value decoded, int samples, string x, bool derivative = true)
    {
        ValueList<long> bySample = [samples, decoded.Rows / samples, .. decoded.Dims.Skip(1)];
        var decodedBySample = to.Reshaped(decoded, "decoded_by_sample", bySample);
        var terms = to.Buffer("reconstruction_terms", decoded.Rows, decoded.Shape);
        to.Buffer("reconstruction", decoded.Rows, new([]));
        var rows = to.Reshaped(terms, "reconstruction_rows", Shape.Vector((int)decoded.Shape.Size));
        if (Sigma(likelihood) is { } sigma)
        {
            to.Line($"{decodedBySample}.sub_({x})");
            to.Line($"torch.mul({decoded.Name}, {decoded.Name}, out={terms.Name})");
            to.Line($"torch.sum({rows.Name}, [1], out=reconstruction)");
            to.Line($"reconstruction.mul_({Text(Halved(sigma))}).add_({Text(Constant(sigma, decoded))})");
            return 2 * Halved(sigma);
        }
        Bernoulli(to, decoded, decodedBySample, terms, rows, bySample, x);
        if (!derivative)
            return 1;
        to.Line($"{decoded.Name}.sigmoid_()");
        to.Line($"{decodedBySample}.sub_({x})");
        return 1;
    }

    /// <summary>
    /// −ln p = Σ (½ − x)·l + ½·|l| − ln σ(|l|). The logarithm is the costly part, so factors σ(|l|), in [½, 1], are multiplied
    /// before it is taken: sixteen of them are far from underflow.
    /// </summary>
    private static void Bernoulli(ProgramWriter to, Value decoded, string decodedBySample, Value terms, Value rows, ValueList<long> bySample, string x)
    {
        to.Line($"torch.mul({decodedBySample}, 0.5 - {x}, out={to.Reshaped(terms, "reconstruction_terms_by_sample", bySample)})");
        to.Line($"torch.sum({rows.Name}, [1], out=reconstruction)");
        to.Line($"torch.abs({decoded.Name}, out={terms.Name})");
        to.Line($"reconstruction.add_(torch.sum({rows.Name}, [1]), alpha=0.5)");
        to.Line($"{terms.Name}.sigmoid_()");
        var (factors, left) = (rows, rows.Shape.Channels);
        for (var halving = 1; halving <= 4 && left % 2 == 0; halving++)
        {
            left /= 2;
            var (low, high) = (to.Columns(rows, $"factors_{left}", 0, left), to.Columns(rows, $"more_factors_{left}", left, left));
            to.Line($"torch.mul({low.Name}, {high.Name}, out={low.Name})");
            factors = low;
        }
        to.Line($"reconstruction.sub_(torch.sum(torch.log({factors.Name}), [1]))");
    }

    // Null for a Bernoulli; anything else has been refused.
    private static double? Sigma(Likelihood likelihood) =>
        !Covers(likelihood) ? throw ObjectiveStages.NotCovered() : likelihood is Likelihood.Normal { Scale: Scale.Fixed { Sigma: var sigma } } ? sigma : null;

    private static double Halved(double sigma) => 1 / (2 * sigma * sigma);

    private static double Constant(double sigma, Value decoded) => decoded.Shape.Size * (Math.Log(sigma) + 0.5 * Math.Log(2 * Math.PI));
}
