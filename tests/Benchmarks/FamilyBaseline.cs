using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Weight = TorchSharp.Modules.Parameter;

namespace Vae.Benchmarks;

/// <summary>
/// Members of the family as one would write them with TorchSharp alone: a module, a loss by its tensor operations, autograd, its Adam.
/// </summary>
/// <param name="name">Name of the member.</param>
/// <param name="encoder">From images [B, 1, 28, 28] to a hidden layer.</param>
/// <param name="decoder">From latents to parameters of pixels [B, 784·n].</param>
/// <param name="hidden">Width of the hidden layer.</param>
/// <param name="latent">Number of latent dimensions.</param>
/// <param name="loss">The loss of a batch.</param>
internal sealed class FamilyBaseline(
    string name, Module<Tensor, Tensor> encoder, Module<Tensor, Tensor> decoder, int hidden, int latent,
    Func<FamilyBaseline, Tensor, Tensor> loss) : IDisposable
{
    private readonly Linear mean = Linear(hidden, latent), logVariance = Linear(hidden, latent);
    private readonly Dictionary<string, Weight> own = [];

    /// <summary>The baseline of a member; null for members without one.</summary>
    public static FamilyBaseline? Find(string name) => name switch
    {
        "mlp" => Mlp(name, BaselineLosses.Elbo),
        "mlp-iwae" => Mlp(name, BaselineLosses.Weighted(5)),
        "learned-normal" => Mlp(name, BaselineLosses.Normal, 2),
        "laplace" => Mlp(name, BaselineLosses.Laplace, 2),
        "beta" => Mlp(name, BaselineLosses.Beta, 2),
        "negative-binomial" => Mlp(name, BaselineLosses.NegativeBinomial, 2),
        "full" => Mlp(name, BaselineLosses.Full),
        "planar-4" => Mlp(name, BaselineLosses.Planar(4)),
        "mixture" => Mlp(name, BaselineLosses.Mixture(10)),
        "vamp" => Mlp(name, BaselineLosses.Vamp(50)),
        "beta-tc" => Mlp(name, BaselineLosses.TotalCorrelation(6)),
        "info-vae" => Mlp(name, BaselineLosses.Discrepancy(10)),
        "conv-mixture" => new(name,
            Sequential(Conv2d(1, 32, 4, stride: 2, padding: 1), ReLU(), Conv2d(32, 64, 4, stride: 2, padding: 1), ReLU(), Flatten(),
                Linear(3136, 256), ReLU()),
            Sequential(Linear(16, 256), ReLU(), Linear(256, 3136), ReLU(), Unflatten(1, [64, 7, 7]),
                ConvTranspose2d(64, 32, 4, stride: 2, padding: 1), ReLU(), ConvTranspose2d(32, 1, 4, stride: 2, padding: 1), Flatten()),
            256, 16, BaselineLosses.Mixture(10)),
        "burda" => Burda(name, BaselineLosses.Elbo),
        "burda-iwae" => Burda(name, BaselineLosses.Weighted(50)),
        _ => null,
    };

    /// <summary>Number of latent dimensions.</summary>
    public int Latent => latent;

    /// <summary>A parameter besides the networks, made at its first use.</summary>
    public Tensor Own(string key, params long[] shape) =>
        own.TryGetValue(key, out var known) ? known : own[key] = Kept(Parameter(randn(shape) * 0.1));

    /// <summary>Mean and log-variance of the posterior of images.</summary>
    public (Tensor Mean, Tensor LogVariance) Encode(Tensor x)
    {
        var h = encoder.forward(x);
        return (mean.forward(h), logVariance.forward(h));
    }

    /// <summary>Parameters of pixels.</summary>
    public Tensor Decode(Tensor z) => decoder.forward(z);

    /// <summary>A step of training on images.</summary>
    public Action Training(Tensor x)
    {
        using (NewDisposeScope())
            loss(this, x).backward();
        Weight[] all = [
            .. encoder.parameters(), .. decoder.parameters(), .. mean.parameters(), .. logVariance.parameters(), .. own.Values];
        var adam = optim.Adam(all, 1e-3);
        return () =>
        {
            using var scope = NewDisposeScope();
            adam.zero_grad();
            loss(this, x).backward();
            adam.step();
        };
    }

    public void Dispose()
    {
        foreach (IDisposable module in new IDisposable[] { encoder, decoder, mean, logVariance })
            module.Dispose();
    }

    public override string ToString() => name;

    private static Weight Kept(Weight made)
    {
        made.DetachFromDisposeScope();
        return made;
    }

    private static FamilyBaseline Mlp(string name, Func<FamilyBaseline, Tensor, Tensor> loss, int outputs = 1) => new(name,
        Sequential(Flatten(), Linear(784, 400), ReLU()), Sequential(Linear(20, 400), ReLU(), Linear(400, 784 * outputs)), 400, 20, loss);

    private static FamilyBaseline Burda(string name, Func<FamilyBaseline, Tensor, Tensor> loss) => new(name,
        Sequential(Flatten(), Linear(784, 200), Tanh(), Linear(200, 200), Tanh()),
        Sequential(Linear(50, 200), Tanh(), Linear(200, 200), Tanh(), Linear(200, 784)), 200, 50, loss);
}
