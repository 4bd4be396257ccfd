using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A batch of examples with missing values.</summary>
/// <param name="X">Examples, [B, ...].</param>
/// <param name="Condition">Conditions, [B, W]; null if the model has none.</param>
/// <param name="Observed">[B, ...]; 1 for an observed value, 0 for a missing one.</param>
/// <param name="Place">Index of the first example in the data set, which keys the noise.</param>
internal readonly record struct ImputationBatch(Tensor X, Tensor? Condition, Tensor Observed, long Place)
{
    /// <summary>Some rows of the batch.</summary>
    public ImputationBatch Of(ImputationRows rows) =>
        new(rows.Of(X), Condition is null ? null : rows.Of(Condition), rows.Of(Observed), Place);
}

/// <summary>A Markov chain that imputes a batch: it encodes and decodes in rounds and keeps the observed values fixed.</summary>
internal sealed class ImputationChain(
    VaeModel model, ImputationBatch batch, ImputationRows rows, ImputationOptions options, KeyedNoise noise)
{
    // Separates the noise keys of the rounds of different batches.
    private const int PlaceShift = 32;

    private readonly Tensor x = batch.X;
    private readonly Tensor? condition = batch.Condition;
    private double accepted;
    private int proposed;

    /// <summary>The fraction of proposals that were accepted; 1 without proposals.</summary>
    public double Accepted => proposed == 0 ? 1 : accepted / proposed;

    /// <summary>The observed values, with the missing ones replaced.</summary>
    public Tensor Mixed(TorchTensor missing)
    {
        TorchTensor observed = batch.Observed, given = x;
        return observed * given + (1.0 - observed) * missing;
    }

    /// <summary>Runs the chain; returns the observed values, and for missing ones the mean over the second half of the rounds.</summary>
    public Tensor Run(Tensor start, CancellationToken stop)
    {
        Tensor current = Mixed(start), sum = zeros_like(x), z = empty([x.shape[0], model.Spec.Latent], x.dtype, model.Device);
        for (var round = 0; round < options.Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // From a poor start no proposal would be accepted, so the first half accepts every draw.
            z.copy_(Next(current, round < options.Rounds / 2 || round == 0 ? null : z, Key(round)));
            var mean = model.DecodeMean(z, condition);
            if (round >= options.Rounds / 2)
                sum.add_(mean, Scalars.One);
            current.copy_(Mixed(Drawn(mean, Key(round))));
        }
        return Mixed(sum.div(Scalars.Get(options.Rounds - options.Rounds / 2)));
    }

    // For the whole batch, and of it what belongs to the rows.
    private Tensor Noise(Action<Tensor> fill, params long[] values)
    {
        var all = empty([rows.All, .. values], x.dtype, model.Device);
        fill(all);
        return all.index_select(0, rows.Index);
    }

    private long Key(int round) => (batch.Place << PlaceShift) + round;

    private Tensor Next(Tensor current, Tensor? before, long key)
    {
        TorchTensor encoded = model.Encode(current, condition);
        var eps = Noise(into => noise.Normal(into, Purpose.Evaluate, key), model.Spec.Posterior.Formulas().Noise(model.Spec.Latent));
        Tensor drawn = Posteriors.Sample<TorchTensor>(model.Spec.Posterior, encoded, eps, model.PosteriorState(new(condition)));
        if (before is null || options.Method is null or ImputationMethod.PseudoGibbs)
            return drawn;
        // Independent proposals are accepted by the ratio of their importance weights.
        var uniform = Noise(into => noise.Uniform(into, 0, 1, Purpose.Prior, key));
        var take = uniform.log().lt(LogWeight(current, encoded, drawn).sub(LogWeight(current, encoded, before)));
        accepted += take.to(ScalarType.Float64).mean().ToDoubles()[0];
        proposed++;
        return where(take.unsqueeze(1), drawn, before);
    }

    /// <summary>ln p(x, z) − ln q(z|x). [B].</summary>
    private Tensor LogWeight(Tensor current, TorchTensor encoded, Tensor z)
    {
        var density = Posteriors.LogDensity(model.Spec.Posterior, encoded, z, model.PosteriorState(new(condition)))
            ?? throw new VaeException(
                $"method: must be pseudo-Gibbs for the posterior {Posteriors.Name(model.Spec.Posterior)}, "
                + $"whose density is known only at its own draws, got {options.Method}");
        var prior = Priors.LogDensity(model.Spec.Prior, z, model.PriorState(x.shape[0], new(condition)));
        return (-model.NegLogLikelihood(model.Decode(z, condition), current) + prior - density).Tensor;
    }

    /// <summary>A draw from p(x|z) if z is random and the likelihood is a fixed-variance normal or a Bernoulli; else its mean.</summary>
    private Tensor Drawn(Tensor mean, long key)
    {
        if (!Posteriors.HasDensity(model.Spec.Posterior) || !Likelihoods.IsDensity(model.Spec.Likelihood))
            return mean;
        var values = mean.shape[1..];
        switch (model.Spec.Likelihood)
        {
            case Likelihood.Normal { Scale: Scale.Fixed n }:
                return mean.add(Noise(into => noise.Normal(into, Purpose.Posterior, key), values), Scalars.Get(n.Sigma));
            case Likelihood.Bernoulli:
                return Noise(into => noise.Uniform(into, 0, 1, Purpose.Posterior, key), values).lt(mean).to(mean.dtype);
            default:
                return mean;
        }
    }
}
