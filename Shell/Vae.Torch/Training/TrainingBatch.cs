using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A training batch as an objective sees it; each quantity is computed when it is first requested.</summary>
internal sealed class TrainingBatch : IObjectiveBatch<TorchTensor>
{
    private readonly VaeModel model;
    private readonly AuxiliaryNet? auxiliary;
    private readonly StepInputs at;
    private readonly KeyedNoise noise;
    private readonly Tensor x;
    private readonly Tensor? condition;
    private readonly Tensor z;
    private readonly StepMemory memory;
    private readonly Lazy<TorchTensor?> klPerLatent;
    private readonly Lazy<TorchTensor> priorDraws, decoded, decodedPriorDraws;

    public TrainingBatch(LossContext context, TrainingPass pass, Tensor x, Tensor? condition, StepInputs at)
    {
        (model, noise, auxiliary, memory) = (context.Model, context.Noise, context.Auxiliary, pass.Memory);
        (this.x, this.condition, this.at) = (x, condition, at);
        (z, Outputs, PosteriorState) = (pass.Draw.Z, pass.Encoded, pass.State);
        TrainingExamples = Math.Max(context.Examples, x.shape[0]);
        klPerLatent = new(() =>
            Divergences.KlPerLatent(model.Spec.Posterior, model.Spec.Prior, Outputs, PosteriorState, Prior()) ?? pass.KlPerLatentOfDraws());
        priorDraws = new(() => TorchTensor.StopGradient(
            Priors.Sample(model.Spec.Prior, Noise(0, model.Spec.Prior.Formulas().Noise(model.Spec.Latent)), Prior())));
        decoded = new(() => Mean(pass.Decoded.narrow(0, 0, x.shape[0])));
        decodedPriorDraws = new(() => Mean(model.Decode(priorDraws.Value, condition, training: true, at.Number, noise)));
    }

    public TorchTensor Examples => x;

    public TorchTensor Conditions =>
        condition ?? throw new VaeException("condition: must be part of the model, got a model without one");

    public long TrainingExamples { get; }

    public TorchTensor Draws => z.view(-1, x.shape[0], z.shape[1]);

    public TorchTensor Outputs { get; }

    public IPosterior Posterior => model.Spec.Posterior.Formulas();

    public PartState<TorchTensor> PosteriorState { get; }

    public TorchTensor? KlPerLatent => klPerLatent.Value;

    public TorchTensor PriorDraws => priorDraws.Value;

    // The ranks of noise are a permutation.
    public TorchTensor ShuffledDraws => First.detach().gather(0, Noise(1, z.shape[1]).argsort(0));

    public TorchTensor Decoded => decoded.Value;

    public TorchTensor DecodedPriorDraws => decodedPriorDraws.Value;

    public TorchTensor SquaredDecoderGradient
    {
        get
        {
            Tensor mean = Decoded;
            var direction = empty_like(mean).detach();
            noise.Normal(direction, Purpose.Objective, NoiseKeys.OfObjective(at.Number, 2));
            var gradient = autograd.grad([mean.mul(direction).sum()], [z], retain_graph: true, create_graph: true)[0];
            return TorchTensor.SumEvent(TorchTensor.Square(gradient.narrow(0, 0, x.shape[0])));
        }
    }

    public TorchTensor SquaredDecoderWeights => model.Weights.Layout
        .Where(p => p.Trained && p.Name.StartsWith("decoder.", StringComparison.Ordinal))
        .Select(p => TorchTensor.Square(model.Weights[p.Name]).Tensor.sum())
        .Aggregate((sum, next) => sum.add(next, Scalars.One));

    public TorchTensor Auxiliary(TorchTensor rows) => Own.Run(rows, training: true, at.Number);

    public TorchTensor AuxiliaryFeatures(TorchTensor rows, int layers) => Own.Features(rows, layers, training: true, at.Number);

    private AuxiliaryNet Own =>
        auxiliary ?? throw new VaeException("objective: must declare an auxiliary network to use one, got none");

    private Tensor First => z.narrow(0, 0, x.shape[0]);

    private PartState<TorchTensor> Prior() =>
        model.PriorState(x.shape[0], new(condition, true, at.Number, noise, at.Epoch, memory));

    private TorchTensor Mean(Tensor outputs) =>
        Likelihoods.Mean<TorchTensor>(model.Spec.Likelihood, outputs, model.State("likelihood", training: true));

    private Tensor Noise(int which, long width)
    {
        var eps = empty([x.shape[0], width], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Objective, NoiseKeys.OfObjective(at.Number, which));
        return eps;
    }
}
