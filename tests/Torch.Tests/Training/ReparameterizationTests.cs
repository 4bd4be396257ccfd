using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Why draws from the posterior are functions of noise: a draw as such passes nothing back to μ and σ.</summary>
public class ReparameterizationTests
{
    [Fact]
    public void ADrawAsSuchPassesNoGradient()
    {
        using var scope = NewDisposeScope();
        Tensor mu = ones(5, requires_grad: true), sigma = full([5], 0.5, requires_grad: true);
        var z = distributions.Normal(mu, sigma).sample();
        Assert.False(z.requires_grad);
        // Even where the loss reaches μ and σ another way, the draw adds nothing: of Σ z² + μ + σ the gradient is that of Σ μ + σ.
        (z.square() + mu + sigma).sum().backward();
        Assert.True(mu.grad!.equal(ones(5)).all().ToBoolean());
        Assert.True(sigma.grad!.equal(ones(5)).all().ToBoolean());
    }

    [Fact]
    public void AReparameterizedDrawPassesTheGradientOfTheFunction()
    {
        using var scope = NewDisposeScope();
        Tensor mu = ones([1, 5], requires_grad: true), logVar = full([1, 5], 2 * Math.Log(0.5), requires_grad: true);
        var eps = randn(1, 5);
        Tensor z = Reparameterizations.Normal<TorchTensor>(mu, logVar, eps);
        z.square().sum().backward();
        Assert.True((mu.grad! - 2 * z).abs().max().ToDouble() < 1e-6);
        Assert.True((logVar.grad! - z * eps * 0.5).abs().max().ToDouble() < 1e-6);
    }
}
