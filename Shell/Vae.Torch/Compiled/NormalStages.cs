using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Normal likelihoods whose σ is not fixed: −ln p = ½·r²/σ² + ln σ + ½·ln 2π, where r is the decoder's centre minus x.</summary>
internal static class NormalStages
{
    private const double Low = LearnedScales.MinLog, High = LearnedScales.MaxLog;

    private const string LogScale = $"likelihood.{LearnedScales.Log}", Estimate = $"likelihood.{LearnedScales.Estimate}";

    public static Slope Summed(ProgramWriter to, Scale scale, ProgramTensor decoded, Observed observed, ValueList<string> measured)
    {
        var terms = Terms(to, scale, decoded, 1, observed);
        to.WhenMeasured($"{StepNames.Reconstruction} = torch.sum({terms}) + {Text(Constant(observed) * decoded.Rows)}", measured);
        return Slope(to, scale, observed);
    }

    public static Slope PerRow(ProgramWriter to, Scale scale, ProgramTensor decoded, int samples, Observed observed)
    {
        var terms = Terms(to, scale, decoded, samples, observed);
        to.Line($"reconstruction_terms = {terms}");
        to.Line($"torch.sum(reconstruction_terms.reshape([{decoded.Rows}, -1]), [1], out={StepNames.Reconstruction})");
        to.Line($"{StepNames.Reconstruction}.add_({Text(Constant(observed))})");
        return Slope(to, scale, observed);
    }

    /// <summary>
    /// Replaces the decoder's centre by r and writes ln σ into <c>log_scale</c> and r²/σ² into <c>ratio</c>. Returns the expression
    /// of −ln p of each value without its constant.
    /// </summary>
    private static string Terms(ProgramWriter to, Scale scale, ProgramTensor decoded, int samples, Observed observed)
    {
        var channels = decoded.Shape.Channels / (scale is Scale.Learned ? 2 : 1);
        ValueList<long> bySample = [samples, decoded.Rows / samples, .. decoded.Dims.Skip(1)];
        to.Line($"outputs = {decoded.Name}.view({Text(bySample)})");
        to.Line($"residual = outputs.narrow(2, 0, {channels})");
        to.Line($"residual.sub_({observed.X}){observed.InPlace}");
        scale.Match(
            @fixed: _ => throw ProgramWriter.NotCovered(),
            learned: _ => Clipped(to, $"outputs.narrow(2, {channels}, {channels})"),
            shared: _ => Clipped(to, to.Weight(LogScale)),
            optimal: _ => Best(to));
        to.Line("precision = torch.exp(-2.0 * log_scale)");
        to.Line("ratio = torch.square(residual) * precision");
        return observed.Times("(0.5 * ratio + log_scale)");
    }

    private static Slope Slope(ProgramWriter to, Scale scale, Observed observed)
    {
        to.Line("residual.mul_(precision)");
        if (scale is Scale.Learned)
            to.Line($"free.copy_({observed.Times("(1.0 - ratio)")} * log_scale_slope)");
        return new(1, scale is Scale.Shared
            ? weight => to.Line(
                $"{to.Gradient(LogScale)}.copy_(torch.sum({observed.Times("(1.0 - ratio)")} * {weight}) * log_scale_slope)") : null);
    }

    // The core's soft bounds of ln σ, and their derivative.
    private static bool Clipped(ProgramWriter to, string free)
    {
        to.Line($"free = {free}");
        to.Line($"bounded = {Text(High - Low)} - torch.softplus({Text(High)} - free, 1, 40)");
        to.Line($"log_scale = torch.softplus(bounded, 1, 40) - {Text(-Low)}");
        to.Line($"log_scale_slope = torch.sigmoid(bounded) * torch.sigmoid({Text(High)} - free)");
        return true;
    }

    // The optimal σ² of the batch, a constant for the gradient, and its moving average.
    private static bool Best(ProgramWriter to)
    {
        to.Line("spread = torch.mean(torch.square(residual))");
        to.Line($"log_scale = 0.5 * torch.log(spread + {Text(Math.Exp(2 * Low))})");
        // In decimal arithmetic: with doubles, 1 − 0.99 is not 0.01.
        var added = (double)(1 - (decimal)LearnedScales.Decay);
        to.Line($"{to.Weight(Estimate)}.mul_({Text(LearnedScales.Decay)})"
            + $".add_(torch.stack([spread, torch.ones_like(spread)]), alpha={Text(added)})");
        return true;
    }

    private static double Constant(Observed observed) => observed.Values * 0.5 * Math.Log(2 * Math.PI);
}
