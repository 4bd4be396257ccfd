using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// Codes of all examples.
public sealed partial class Evaluator
{
    // Some twenty small operations make the moments of q(z|x): for each batch they cost a quarter of the encoder, for many together little.
    private const int SummarizedAtOnce = 16;

    /// <summary>Encodes all examples: posterior means and log-variances, in the order of the data.</summary>
    public Encodings Encode()
    {
        var (size, filled) = (model.Spec.Latent, 0);
        double[] means = new double[data.Count * size], logVariances = new double[data.Count * size];
        List<Tensor> encoded = [], conditions = [];
        using var scope = NewDisposeScope();
        EachBatch((x, condition, place, _) =>
        {
            encoded.Add(model.Programs.Encode(x, condition, Times(x)).MoveToOuterDisposeScope());
            if (condition is not null)
                conditions.Add(condition.clone().MoveToOuterDisposeScope());
            if (encoded.Count < SummarizedAtOnce && (place + 1) * Batch < data.Count)
                return;
            var (mean, logVariance) = Moments(Joined(encoded), conditions.Count == 0 ? null : Joined(conditions));
            mean.ToDoubles().CopyTo(means, filled);
            logVariance.ToDoubles().CopyTo(logVariances, filled);
            filled += (int)mean.numel();
        });
        return new(NdArray.FromValues(means, data.Count, size), NdArray.FromValues(logVariances, data.Count, size));
    }

    private (Tensor Mean, Tensor LogVariance) Moments(TorchTensor encoded, Tensor? condition)
    {
        var q = model.PosteriorState(new(condition));
        return (Posteriors.Mean(model.Spec.Posterior, encoded, q).Tensor, Posteriors.LogVariance(model.Spec.Posterior, encoded, q).Tensor);
    }

    private static Tensor Joined(List<Tensor> parts)
    {
        var all = cat(parts);
        parts.ForEach(part => part.Dispose());
        parts.Clear();
        return all;
    }
}
