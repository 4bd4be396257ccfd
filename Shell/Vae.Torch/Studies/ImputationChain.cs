using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Rounds of encoding and decoding a batch whose observed values stay as they are.</summary>
internal sealed class ImputationChain(VaeModel model, Tensor x, Tensor? condition, Tensor seen, ImputationOptions options, KeyedNoise noise, long place)
{
    // Keys of the rounds of a batch must not meet those of another batch.
    private const int PlaceShift = 32;

    private double taken;
    private int proposed;

    /// <summary>The part of the proposals that was taken.</summary>
    public double Accepted => proposed == 0 ? 1 : taken / proposed;

    /// <summary>Observed values as they are, the others as given.</summary>
    public Tensor Mixed(TorchTensor missing)
    {
        TorchTensor observed = seen, given = x;
        return observed * given + (1.0 - observed) * missing;
    }

    /// <summary>The mean of the missing values over the second half of the rounds, with the observed ones.</summary>
    public Tensor Run(Tensor start, CancellationToken stop)
    {
        Tensor current = Mixed(start), sum = zeros_like(x), z = empty([x.shape[0], model.Spec.Latent], x.dtype, model.Device);
        for (var round = 0; round < options.Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // Proposals far from where a chain has to go are never taken: the first half finds the place, by draws as they come.
            z.copy_(Next(current, round < options.Rounds / 2 || round == 0 ? null : z, Key(round)));
            var mean = model.DecodeMean(z, condition);
            if (round >= options.Rounds / 2)
                sum.add_(mean, Scalars.One);
            current.copy_(Mixed(Drawn(mean, Key(round))));
        }
        return Mixed(sum.div(Scalars.Get(options.Rounds - options.Rounds / 2)));
    }

    private long Key(int round) => (place << PlaceShift) + round;

    private Tensor Next(Tensor current, Tensor? before, long key)
    {
        TorchTensor encoded = model.Encode(current, condition);
        var eps = empty([x.shape[0], model.Spec.Posterior.Formulas().Noise(model.Spec.Latent)], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Evaluate, key);
        Tensor drawn = Posteriors.Sample<TorchTensor>(model.Spec.Posterior, encoded, eps, model.PosteriorState(new(condition)));
        if (before is null || options.Method == ImputationMethod.PseudoGibbs)
            return drawn;
        // A proposal that does not look at the state before it is taken by the ratio of the importance weights.
        var uniform = empty([x.shape[0]], x.dtype, model.Device);
        noise.Uniform(uniform, 0, 1, Purpose.Prior, key);
        var take = uniform.log().lt(LogWeight(current, encoded, drawn).sub(LogWeight(current, encoded, before)));
        taken += take.to(ScalarType.Float64).mean().ToDoubles()[0];
        proposed++;
        return where(take.unsqueeze(1), drawn, before);
    }

    /// <summary>ln p(x, z) − ln q(z|x). [B].</summary>
    private Tensor LogWeight(Tensor current, TorchTensor encoded, Tensor z)
    {
        var density = Posteriors.LogDensity(model.Spec.Posterior, encoded, z, model.PosteriorState(new(condition)))
            ?? throw new VaeException($"method: must be pseudo-Gibbs for the posterior {Posteriors.Name(model.Spec.Posterior)}, whose density is known at its own draws alone, got {options.Method}");
        var prior = Priors.LogDensity(model.Spec.Prior, z, model.PriorState(x.shape[0], new(condition)));
        return (-model.NegLogLikelihood(model.Decode(z, condition), current) + prior - density).Tensor;
    }

    /// <summary>A draw from p(x|z) where the likelihood is a distribution of the values; where it is none, has no simple draw, or z is a point, the mean.</summary>
    private Tensor Drawn(Tensor mean, long key)
    {
        if (!Posteriors.HasDensity(model.Spec.Posterior) || !Likelihoods.IsDensity(model.Spec.Likelihood))
            return mean;
        var draws = empty(mean.shape, mean.dtype, mean.device);
        switch (model.Spec.Likelihood)
        {
            case Likelihood.Normal { Scale: Scale.Fixed n }:
                noise.Normal(draws, Purpose.Posterior, key);
                return mean.add(draws, Scalars.Get(n.Sigma));
            case Likelihood.Bernoulli:
                noise.Uniform(draws, 0, 1, Purpose.Posterior, key);
                return draws.lt(mean).to(mean.dtype);
            default:
                return mean;
        }
    }
}
