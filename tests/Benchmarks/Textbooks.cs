using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Benchmarks;

/// <summary>What one would write with TorchSharp alone: modules, its Adam, autograd, a scope for each step.</summary>
internal sealed class Baseline : Module<Tensor, (Tensor Logits, Tensor Z, Tensor Mean, Tensor LogVariance)>
{
    private readonly Module<Tensor, Tensor> encoder, decoder;
    private readonly Linear mean, logVariance;
    private readonly int samples;

    private Baseline(Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> decoder, int hidden, int latent, int samples) : base("vae")
    {
        (this.encoder, this.decoder, this.samples) = (encoder, decoder, samples);
        (mean, logVariance) = (Linear(hidden, latent), Linear(hidden, latent));
        RegisterComponents();
    }

    public static Baseline Mlp() => new(
        Sequential(Flatten(), Linear(784, 400), ReLU()), Sequential(Linear(20, 400), ReLU(), Linear(400, 784)), 400, 20, 1);

    public static Baseline Burda(int samples) => new(
        Sequential(Flatten(), Linear(784, 200), Tanh(), Linear(200, 200), Tanh()),
        Sequential(Linear(50, 200), Tanh(), Linear(200, 200), Tanh(), Linear(200, 784)), 200, 50, samples);

    public static Baseline Conv() => new(
        Sequential(Conv2d(1, 32, 4, stride: 2, padding: 1), ReLU(), Conv2d(32, 64, 4, stride: 2, padding: 1), ReLU(), Flatten(),
            Linear(3136, 256), ReLU()),
        Sequential(Linear(16, 256), ReLU(), Linear(256, 3136), ReLU(), Unflatten(1, [64, 7, 7]),
            ConvTranspose2d(64, 32, 4, stride: 2, padding: 1), ReLU(), ConvTranspose2d(32, 1, 4, stride: 2, padding: 1),
            Flatten()), 256, 16, 1);

    public override (Tensor Logits, Tensor Z, Tensor Mean, Tensor LogVariance) forward(Tensor x)
    {
        var h = encoder.forward(x);
        Tensor m = mean.forward(h), v = logVariance.forward(h);
        var z = m + (0.5 * v).exp() * randn(samples, m.shape[0], m.shape[1]);
        return (decoder.forward(z.flatten(0, 1)), z, m, v);
    }

    /// <summary>A step of training on the next batch of bytes [N, 784].</summary>
    public Action Training(Tensor bytes, int batch)
    {
        var adam = optim.Adam(parameters(), 1e-3);
        var order = randperm(bytes.shape[0]);
        long step = 0, batches = bytes.shape[0] / batch;
        return () =>
        {
            using var scope = NewDisposeScope();
            var index = order.narrow(0, step++ % batches * batch, batch);
            var x = bytes.index_select(0, index).to(ScalarType.Float32).div(255).view(-1, 1, 28, 28);
            adam.zero_grad();
            Loss(x, batch).backward();
            adam.step();
        };
    }

    /// <summary>Means and log-variances of bytes [N, 784], a batch of a thousand after another.</summary>
    public Action Encoding(Tensor bytes) => () =>
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        for (var start = 0L; start < bytes.shape[0]; start += 1000)
        {
            var h = encoder.forward(bytes.narrow(0, start, 1000).to(ScalarType.Float32).div(255).view(-1, 1, 28, 28));
            mean.forward(h);
            logVariance.forward(h);
        }
    };

    /// <summary>Images of codes, all at once.</summary>
    public Action Decoding(Tensor z) => () =>
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        decoder.forward(z).sigmoid();
    };

    private Tensor Loss(Tensor x, int batch)
    {
        var (logits, z, m, v) = forward(x);
        if (samples == 1)
        {
            var reconstruction = F.binary_cross_entropy_with_logits(logits, x.flatten(1), reduction: Reduction.Sum);
            return (reconstruction - 0.5 * (1 + v - m.pow(2) - v.exp()).sum()) / batch;
        }
        var target = x.flatten(1).unsqueeze(0).expand(samples, batch, 784);
        var perDraw = F.binary_cross_entropy_with_logits(logits.view(samples, batch, 784), target, reduction: Reduction.None).sum(-1);
        var prior = -0.5 * z.pow(2).sum(-1);
        var posterior = -0.5 * ((z - m).pow(2) * (-v).exp() + v).sum(-1);
        return -(prior - perDraw - posterior).logsumexp(0).mean();
    }
}
