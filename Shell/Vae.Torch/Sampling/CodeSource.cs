using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The codes of examples that a sampler is fitted to.</summary>
internal sealed class CodeSource(VaeModel model, Dataset data, Binarization binarization, ulong seed, CancellationToken stop)
{
    private const int Batch = 500;

    public VaeModel Model => model;

    public Dataset Data => data;

    public ulong Seed => seed;

    public CancellationToken Stop => stop;

    public int Latent => model.Spec.Latent;

    /// <summary>Classes that are fitted apart; 1 of a model without a condition.</summary>
    public int Classes => model.Spec.Condition is Condition.Label label ? label.Classes : 1;

    /// <summary>Where the examples of a class are, in order.</summary>
    public int[] Of(int of) => [.. Enumerable.Range(0, data.Count).Where(i => Classes == 1 || data.Labels.Span[i] == of)];

    /// <summary>A draw from q(z|x, c) for each example, [N, D], in the caller's scope.</summary>
    public Tensor Codes()
    {
        var posterior = model.Spec.Posterior.Formulas();
        using var noise = new KeyedNoise(seed, model.Device);
        return Collected(data, (outputs, condition, place) =>
        {
            var eps = empty([outputs.shape[0], posterior.Noise(Latent)], outputs.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, place);
            return posterior.Draw(model.PosteriorState(new(condition)), new TorchTensor(outputs), eps).Z;
        });
    }

    /// <summary>What the encoder gives for examples, [N, P], in the caller's scope.</summary>
    public Tensor Outputs(int[] examples) => Collected(data.Take(examples), (outputs, _, _) => outputs);

    private Tensor Collected(Dataset of, Func<Tensor, Tensor?, long, Tensor> map)
    {
        using var scope = NewDisposeScope();
        using var gradless = no_grad();
        using var batches = new BatchSource(of, model.Spec.Condition, binarization, Batch, seed, model.Device);
        var parts = new List<Tensor>();
        for (var place = 0L; place < batches.Batches; place++)
        {
            stop.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (x, condition) = batches.At(place, Purpose.EvaluateBinarize, place);
            // A part may be a view of what the next batch overwrites.
            parts.Add(map(model.Encode(x, condition), condition, place).clone().MoveToOuterDisposeScope());
        }
        var all = cat(parts, 0);
        return all.isfinite().all().ToBoolean() ? all.MoveToOuterDisposeScope()
            : throw new VaeException("model: must give finite codes to fit a sampler to, got a NaN or an infinity");
    }
}
