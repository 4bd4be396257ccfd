using System.Globalization;

namespace Vae.Torch;

/// <summary>What to do about a loss or a weight that is not finite: about the data if they explain it, else about the steps.</summary>
internal static class DivergenceAdvice
{
    /// <summary>A sentence without its end.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="facts">Of the training data.</param>
    /// <param name="rate">The learning rate at the step.</param>
    public static string For(Experiment experiment, DataFacts facts, double rate)
    {
        var remarks = ScaleRemarks.Find(experiment, facts);
        return remarks.Count > 0 ? string.Join("; ", remarks)
            : string.Create(CultureInfo.InvariantCulture,
                $"the data have nothing unusual ({facts.Values.Min:G4} to {facts.Values.Max:G4}); train with a lower learning rate, "
                + $"as train.learningRate={rate / 10:G2}");
    }
}
