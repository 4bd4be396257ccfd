namespace Vae.Torch;

/// <summary>What an imputation needs.</summary>
internal static class ImputationRules
{
    /// <summary>The method to use: by default importance weights with a masked likelihood and for draws, else pseudo-Gibbs.</summary>
    public static ImputationMethod Method(VaeModel model, ImputationOptions options) => options.Method
        ?? (model.Spec.Likelihood.Formulas().TakesMask || options.Draws > 0 ? ImputationMethod.Importance : ImputationMethod.PseudoGibbs);

    /// <summary>Throws unless data, mask, start and options fit the model.</summary>
    public static void Check(VaeModel model, Dataset data, NdArray observed, float[]? start, ImputationOptions options)
    {
        var values = Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input);
        var isMasked = model.Spec.Likelihood.Formulas().TakesMask;
        VaeException.Require(
            data.Shape == model.Spec.Input, "data", $"must have the shape {model.Spec.Input} of the model's input", data.Shape);
        VaeException.Require(data.Count > 0, "data", "must have at least one example", "none");
        VaeException.Require(
            observed.Dims is [var count, .. var rest] && (count == 1 || count == data.Count) && rest.SequenceEqual(values.Dims),
            "mask", $"must be [1 or {data.Count}, {string.Join(", ", values.Dims)}]", $"[{string.Join(", ", observed.Dims)}]");
        VaeException.Require(observed.ToArray().All(value => value is 0 or 1), "mask", "must be 0 and 1 only", "other values");
        VaeException.Require(
            start is null || start.Length == values.Size && start.All(float.IsFinite),
            "start", $"must be {values.Size} finite values", $"{start?.Length} values");
        VaeException.Require(options.Samples >= 1, "samples", "must be at least 1", options.Samples);
        VaeException.Require(options.Rounds >= 1, "rounds", "must be at least 1", options.Rounds);
        VaeException.Require(options.Draws >= 0, "draws", "must be at least 0", options.Draws);
        VaeException.Require(options.Draws == 0 || Method(model, options) == ImputationMethod.Importance,
            "method", "must be importance to draw imputations", options.Method);
        if (options.Draws > 0)
            model.RequireDistribution("draws of missing values");
        VaeException.Require(
            Method(model, options) == ImputationMethod.Importance || !isMasked,
            "method", "must be importance for a masked likelihood, whose encoder sees what is missing", options.Method);
        if (options.Method == ImputationMethod.Metropolis)
            model.RequireDistribution("Metropolis proposals");
        var shown = Conditions.Observed(model.Spec.Condition, values).ToArray();
        VaeException.Require(
            !observed.ToArray().Where((value, at) => value < shown[at % shown.Length]).Any(),
            "mask", "must keep the values that the model's condition shows of the image", "some of them missing");
    }
}
