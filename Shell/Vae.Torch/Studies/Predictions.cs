using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Point predictions of the values of examples: the likeliest class where a column holds classes, the mean of any other value.
/// </summary>
internal static class Predictions
{
    /// <summary>Number of classes of each value; 0 for a value that is no class, and empty if no value is one.</summary>
    public static ValueList<int> Classes(Likelihood likelihood) => likelihood switch
    {
        Likelihood.Masked masked => Classes(masked.Inner),
        Likelihood.Columns columns => ValueList.From(columns.Items.Select(item => item switch
        {
            Column.Categorical categorical => categorical.Classes,
            Column.Binary => 2,
            _ => 0,
        })),
        _ => [],
    };

    /// <summary>Predictions from weighted draws. [B, C, ...].</summary>
    /// <param name="model">The model.</param>
    /// <param name="draws">The draws.</param>
    /// <param name="condition">Conditions, [B, W]; null for a model without one.</param>
    /// <param name="observed">1 where no prediction is needed, [B, C, ...]: any value may be returned there. Null if all are.</param>
    public static Tensor Predict(VaeModel model, WeightedOutputs draws, Tensor? condition, Tensor? observed = null)
    {
        var likelihood = model.Spec.Likelihood;
        Tensor means = draws.Average(Likelihoods.Mean<TorchTensor>(likelihood, draws.Values, model.State("likelihood")));
        if (model.Counted is { } counted)
            means = means.mul(counted).add(condition!.reshape(means.shape), Scalars.One);
        // Each class is a pass over the draws, so those of columns that nobody needs are left out.
        var classes = observed is null ? Classes(likelihood) : NeededClasses(Classes(likelihood), observed);
        return classes.All(count => count == 0) ? means : Likeliest(model, draws, means, classes);
    }

    /// <summary>Reconstructions of all examples from the posterior's mean, in their order. [N, C, ...], flat.</summary>
    public static float[] Reconstruct(EvaluationInput input, CancellationToken stop = default)
    {
        var model = input.Model;
        input.RequireShape();
        using var inference = inference_mode(true);
        using var source = input.Batches();
        List<float> values = [];
        source.Each((x, condition, _) =>
        {
            stop.ThrowIfCancellationRequested();
            var z = Posteriors.Mean<TorchTensor>(
                model.Spec.Posterior, model.Encode(x, condition, training: false, step: 0), model.PosteriorState(new(condition)));
            values.AddRange(Decode(model, z, condition).ToFloats());
        });
        return [.. values];
    }

    /// <summary>Predictions from codes [B, D]. [B, C, ...].</summary>
    public static Tensor Decode(VaeModel model, Tensor z, Tensor? condition)
    {
        var outputs = model.Decode(z, condition, training: false, step: 0);
        return Predict(model, new(outputs, ones([1, z.shape[0]], z.dtype, z.device)), condition);
    }

    private static ValueList<int> NeededClasses(ValueList<int> classes, Tensor observed)
    {
        if (classes.Count == 0)
            return classes;
        var known = observed.flatten(1).amin([0L]).ToFloats();
        return ValueList.From(classes.Select((count, column) => known[column] > 0.5f ? 0 : count));
    }

    // Each class in turn is tried in all columns at once.
    private static Tensor Likeliest(VaeModel model, WeightedOutputs draws, Tensor means, ValueList<int> classes)
    {
        long[] dims = [1, classes.Count];
        var count = classes.Select(of => (float)of).ToArray().ToTensor(model.Device, dims).to(means.dtype);
        Tensor best = full_like(means, Scalars.Get(-1)), predicted = means;
        for (var k = 0; k < classes.Max(); k++)
        {
            var tried = clamp(full_like(count, Scalars.Get(k)), zeros_like(count), count.sub(Scalars.One).clamp_min(Scalars.Get(0)));
            var x = tried.expand([draws.Values.Tensor.shape[0], classes.Count]);
            if (model.Spec.Likelihood is Likelihood.Masked)
                x = cat([x, ones_like(x)], 1);
            Tensor perValue = Likelihoods.NegLogDensityPerValue<TorchTensor>(
                model.Spec.Likelihood, draws.Values, x, model.State("likelihood"));
            var probability = draws.Average(perValue.neg().exp());
            var better = probability.gt(best).logical_and(count.gt(Scalars.Get(k)));
            predicted = where(better, tried, predicted);
            best = where(better, probability, best);
        }
        return predicted;
    }
}
