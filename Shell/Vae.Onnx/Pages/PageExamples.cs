using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Examples of a page: as the model takes them, and their codes.</summary>
internal static class PageExamples
{
    // Beside the decoder's weights; a 28×28 image takes 784 of them.
    private const int MaxBytes = 1 << 20, MinExamples = 16;

    public static JsonObject Of(VaeModel model, Dataset data, ExplorerOptions options)
    {
        VaeException.Require(data.Count > 0, "data", "must have at least one example to explore", "none");
        var bytes = IsIntensities(model.Spec) ? 1 : sizeof(float);
        var most = Math.Min(options.Count, Math.Max(MinExamples, MaxBytes / (bytes * data.ItemSize)));
        var indices = data.Evenly(most);
        var some = data.Take(indices);
        var (values, codes, conditions) = Encoded(new(model, some, options.Binarization, options.Seed));
        return new()
        {
            ["indices"] = PageContent.Numbers(indices.Select(index => (double)index)),
            ["labels"] = some.HasLabels ? PageContent.Numbers(some.Labels.ToArray().Select(label => (double)label)) : null,
            ["classes"] = some.HasLabels ? PageContent.Texts(some.Classes) : null,
            ["codes"] = PageWeights.ToBase64(codes),
            ["conditions"] = PageWeights.ToBase64(conditions),
            ["intensities"] = bytes == 1,
            ["values"] = bytes == 1
                ? Convert.ToBase64String(Array.ConvertAll(values, value => (byte)Math.Round(255 * Math.Clamp(value, 0, 1))))
                : PageWeights.ToBase64(values),
        };
    }

    private static bool IsIntensities(VaeSpec spec) =>
        !spec.Likelihood.Formulas().TakesNumbers && !spec.Likelihood.Formulas().TakesMask && spec.Input.IsImage;

    private static (float[] Values, float[] Codes, float[] Conditions) Encoded(EvaluationInput input)
    {
        input.RequireShape();
        var (model, values, codes, conditions) = (input.Model, new List<float>(), new List<float>(), new List<float>());
        using var inference = inference_mode(true);
        using var batches = input.Batches();
        batches.Each((x, condition, _) =>
        {
            values.AddRange(x.ToFloats());
            Tensor mean = Posteriors.Mean<TorchTensor>(
                model.Spec.Posterior, model.Encode(x, condition), model.PosteriorState(new(condition)));
            codes.AddRange(mean.ToFloats());
            if (condition is not null)
                conditions.AddRange(condition.flatten(1).ToFloats());
        });
        return ([.. values], [.. codes], [.. conditions]);
    }
}
