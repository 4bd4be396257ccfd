using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Benchmarks;

/// <summary>Losses of the members, per example.</summary>
internal static class BaselineLosses
{
    private static readonly double Log2Pi = Math.Log(2 * Math.PI);

    public static Tensor Elbo(FamilyBaseline m, Tensor x)
    {
        var (mean, v) = m.Encode(x);
        var logits = m.Decode(Draw(mean, v));
        return (F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction: Reduction.Sum) + Kl(mean, v)) / x.shape[0];
    }

    public static Func<FamilyBaseline, Tensor, Tensor> Weighted(int samples) => (m, x) =>
    {
        var batch = x.shape[0];
        var (mean, v) = m.Encode(x);
        var z = mean + (0.5 * v).exp() * randn(samples, batch, m.Latent);
        var target = x.flatten(1).unsqueeze(0).expand(samples, batch, 784);
        var logits = m.Decode(z.flatten(0, 1)).view(samples, batch, 784);
        var reconstruction = F.binary_cross_entropy_with_logits(logits, target, reduction: Reduction.None).sum(-1);
        return -(LogNormal(z, zeros_like(mean), zeros_like(v)) - reconstruction - LogNormal(z, mean, v)).logsumexp(0).mean();
    };

    public static Tensor Normal(FamilyBaseline m, Tensor x) => OfPixels(m, x, (location, scale, x) =>
        0.5 * ((x - location).pow(2) * (-2 * scale).exp() + 2 * scale + Log2Pi));

    public static Tensor Laplace(FamilyBaseline m, Tensor x) => OfPixels(m, x, (location, scale, x) =>
        (x - location).abs() * (-scale).exp() + scale + Math.Log(2));

    public static Tensor Beta(FamilyBaseline m, Tensor x) => OfPixels(m, x, (first, second, x) =>
    {
        Tensor a = F.softplus(first) + 1e-3, b = F.softplus(second) + 1e-3, inside = x.clamp(1e-3, 1 - 1e-3);
        return a.lgamma() + b.lgamma() - (a + b).lgamma() - (a - 1) * inside.log() - (b - 1) * (1 - inside).log();
    });

    public static Tensor NegativeBinomial(FamilyBaseline m, Tensor x) => OfPixels(m, x, (first, second, x) =>
    {
        Tensor mean = first.exp(), size = second.exp(), sum = (mean + size).log();
        return size.lgamma() + (x + 1).lgamma() - (x + size).lgamma() - size * (second - sum) - x * (first - sum);
    });

    public static Tensor Full(FamilyBaseline m, Tensor x)
    {
        var (mean, v) = m.Encode(x);
        // One factor of the covariance for each latent pair, from the code's mean: as many outputs as the model's head has.
        var head = m.Own("head", m.Latent * m.Latent, m.Latent);
        var lower = mean.mm(head.t()).view(-1, m.Latent, m.Latent).tril(-1) + diag_embed((0.5 * v).exp());
        var z = mean + matmul(lower, randn(x.shape[0], m.Latent, 1)).squeeze(-1);
        var kl = 0.5 * (lower.pow(2).sum() + mean.pow(2).sum() - v.sum() - x.shape[0] * m.Latent);
        return (F.binary_cross_entropy_with_logits(m.Decode(z), x.flatten(1), reduction: Reduction.Sum) + kl) / x.shape[0];
    }

    public static Func<FamilyBaseline, Tensor, Tensor> Planar(int count) => (m, x) =>
    {
        var (mean, v) = m.Encode(x);
        var z = Draw(mean, v);
        var log = LogNormal(z, mean, v);
        for (var i = 0; i < count; i++)
        {
            Tensor w = m.Own($"w{i}", m.Latent), u = m.Own($"u{i}", m.Latent), b = m.Own($"b{i}", 1), wu = w.dot(u);
            var kept = u + (F.softplus(wu) - 1 - wu) * w / w.pow(2).sum();
            var h = (matmul(z, w) + b).tanh().unsqueeze(-1);
            log = log - (1 + (1 - h.pow(2)).squeeze(-1) * w.dot(kept)).abs().log();
            z = z + kept * h;
        }
        return Loss(m, x, z, log - LogNormal(z, zeros_like(mean), zeros_like(v)));
    };

    public static Func<FamilyBaseline, Tensor, Tensor> Mixture(int count) => (m, x) =>
    {
        Tensor means = m.Own("means", count, m.Latent), logVariances = m.Own("variances", count, m.Latent), weights = m.Own("weights", count);
        return OfMixture(m, x, means, logVariances, F.log_softmax(weights, 0));
    };

    public static Func<FamilyBaseline, Tensor, Tensor> Vamp(int count) => (m, x) =>
    {
        var (means, logVariances) = m.Encode(m.Own("inputs", count, 1, 28, 28).clamp(0, 1));
        return OfMixture(m, x, means, logVariances, full(1, -Math.Log(count)));
    };

    public static Func<FamilyBaseline, Tensor, Tensor> TotalCorrelation(double beta) => (m, x) =>
    {
        var (mean, v) = m.Encode(x);
        var z = Draw(mean, v);
        Tensor all = z.unsqueeze(1), a = mean.unsqueeze(0), b = v.unsqueeze(0);
        var each = -0.5 * ((all - a).pow(2) * (-b).exp() + b + Log2Pi);
        var count = Math.Log(x.shape[0] * 1000.0);
        Tensor joint = each.sum(-1).logsumexp(1) - count, product = (each.logsumexp(1) - count).sum(-1);
        var prior = LogNormal(z, zeros_like(mean), zeros_like(v));
        return Loss(m, x, z, LogNormal(z, mean, v) - joint + beta * (joint - product) + product - prior);
    };

    public static Func<FamilyBaseline, Tensor, Tensor> Discrepancy(double weight) => (m, x) =>
    {
        var (mean, v) = m.Encode(x);
        Tensor z = Draw(mean, v), prior = randn_like(z);
        Tensor Kernel(Tensor a, Tensor b) => m.Latent / (m.Latent + (a.unsqueeze(1) - b.unsqueeze(0)).pow(2).sum(-1));
        var discrepancy = Kernel(z, z).mean() + Kernel(prior, prior).mean() - 2 * Kernel(z, prior).mean();
        return Loss(m, x, z, zeros(x.shape[0])) + weight * discrepancy;
    };

    private static Tensor OfMixture(FamilyBaseline m, Tensor x, Tensor means, Tensor logVariances, Tensor logWeights)
    {
        var (mean, v) = m.Encode(x);
        var z = Draw(mean, v);
        var each = LogNormal(z.unsqueeze(1), means.unsqueeze(0), logVariances.unsqueeze(0));
        return Loss(m, x, z, LogNormal(z, mean, v) - (each + logWeights).logsumexp(1));
    }

    private static Tensor OfPixels(FamilyBaseline m, Tensor x, Func<Tensor, Tensor, Tensor, Tensor> loss)
    {
        var (mean, v) = m.Encode(x);
        var parameters = m.Decode(Draw(mean, v)).chunk(2, 1);
        return (loss(parameters[0], parameters[1], x.flatten(1)).sum() + Kl(mean, v)) / x.shape[0];
    }

    private static Tensor Loss(FamilyBaseline m, Tensor x, Tensor z, Tensor divergence) =>
        F.binary_cross_entropy_with_logits(m.Decode(z), x.flatten(1), reduction: Reduction.Sum) / x.shape[0] + divergence.mean();

    private static Tensor Draw(Tensor mean, Tensor v) => mean + (0.5 * v).exp() * randn_like(mean);

    private static Tensor Kl(Tensor mean, Tensor v) => -0.5 * (1 + v - mean.pow(2) - v.exp()).sum();

    private static Tensor LogNormal(Tensor z, Tensor mean, Tensor v) => -0.5 * ((z - mean).pow(2) * (-v).exp() + v + Log2Pi).sum(-1);
}
