using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The encoded training examples that a sampler is fitted to.</summary>
internal sealed class CodeSource(EvaluationInput input, CancellationToken stop)
{
    public VaeModel Model => input.Model;

    public Dataset Data => input.Data;

    public ulong Seed => input.Seed;

    public CancellationToken Stop => stop;

    public int Latent => Model.Spec.Latent;

    /// <summary>Number of classes, each of which is fitted separately; 1 unless the condition is a label.</summary>
    public int Classes => Model.Spec.Condition is Condition.Label label ? label.Classes : 1;

    /// <summary>Indices of the examples of a class, ascending.</summary>
    public int[] IndicesOfClass(int label) => [.. Enumerable.Range(0, Data.Count).Where(i => Classes == 1 || Data.Labels.Span[i] == label)];

    /// <summary>A draw from q(z|x, c) for each example, [N, D], in the caller's dispose scope.</summary>
    public Tensor Codes()
    {
        var posterior = Model.Spec.Posterior.Formulas();
        using var noise = input.Noise();
        return Collected(Data, (outputs, condition, place) =>
        {
            var eps = empty([outputs.shape[0], posterior.Noise(Latent)], outputs.dtype, Model.Device);
            noise.Normal(eps, Purpose.Evaluate, place);
            return posterior.Draw(Model.PosteriorState(new(condition)), new TorchTensor(outputs), eps).Z;
        });
    }

    /// <summary>The encoder's outputs for some examples, [N, P], in the caller's dispose scope.</summary>
    public Tensor Outputs(int[] examples) => Collected(Data.Take(examples), (outputs, _, _) => outputs);

    private Tensor Collected(Dataset data, Func<Tensor, Tensor?, long, Tensor> map)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var batches = (input with { Data = data }).Batches();
        var parts = new List<Tensor>();
        batches.Each((x, condition, place) =>
        {
            stop.ThrowIfCancellationRequested();
            // An output may be a view of a buffer that the next batch overwrites.
            parts.Add(map(Model.Encode(x, condition), condition, place).clone().MoveToOuterDisposeScope());
        });
        var all = cat(parts, 0);
        return all.isfinite().all().ToBoolean() ? all.MoveToOuterDisposeScope()
            : throw new VaeException("model: must give finite codes to fit a sampler, got a NaN or an infinity");
    }
}
