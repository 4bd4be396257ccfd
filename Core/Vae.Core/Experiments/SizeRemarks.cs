using System.Globalization;

namespace Vae;

/// <summary>Notices a model most of whose parameters belong to a likelihood with many outputs for each value.</summary>
internal static class SizeRemarks
{
    // Larger models train for hours on a CPU.
    private const long Large = 10_000_000;

    private const int ManyOutputs = 16;

    /// <summary>At most one sentence.</summary>
    public static ValueList<string> Find(VaeSpec model)
    {
        var each = Wiring.DecoderOutput(model).Size / Math.Max(1, Likelihoods.MeanShape(model.Likelihood, model.Input).Size);
        var count = Parameters.Count(model);
        if (count < Large || each < ManyOutputs)
            return [];
        var outputs = Parameters.List(Wiring.DecoderLayers(model), Wiring.DecoderInput(model), "decoder").TakeLast(2);
        var share = 100.0 * Parameters.Count(ValueList.From(outputs)) / count;
        return [string.Create(CultureInfo.InvariantCulture,
            $"the model has {count:N0} parameters, {share:0}% of them for the {each} outputs that {Likelihoods.Name(model.Likelihood)} "
            + $"has for each value: model.likelihood=discretized-logistic:2 has 6, or take a smaller model")];
    }
}
