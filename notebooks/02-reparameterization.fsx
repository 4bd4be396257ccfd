// 02-reparameterization.ipynb as a program: dotnet fsi 02-reparameterization.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.FSharp, 0.2.*-*"
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # The reparameterization trick
//
// A VAE minimizes $\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}[f(z)]$ by its gradient with respect to $\mu$ and $\sigma$. But $z$ is *sampled*:
// what is the derivative of a random number? Kingma & Welling (2014) express $z$ as a function of its parameters and of independent noise,
//
// $$z = \mu + \sigma \odot \varepsilon, \qquad \varepsilon \sim \mathcal{N}(0, I),$$
//
// so that $z$ is a differentiable function of $\mu$ and $\sigma$, with $\partial z/\partial\mu = 1$ and $\partial z/\partial\sigma = \varepsilon$.

open TorchSharp
open Vae
open Vae.FSharp
open Vae.Torch

// Loads the native libraries, because this notebook uses TorchSharp directly before it calls Vae.Torch.
TorchRuntime.Load()

// ## A sample has no gradient
//
// A sampler returns numbers that do not depend on its parameters as far as automatic differentiation can see. Written as
// $\mu + \sigma\varepsilon$, the same random variable has $\partial z/\partial\mu = 1$ and $\partial z/\partial\sigma = \varepsilon$.

let leaf (x: float) = torch.tensor([| x |], torch.float64).reshape(1L, 1L).requires_grad_ true
torch.manual_seed 1L |> ignore

// Like any sampler, it uses only the values of its parameters.
let sampler (mu: torch.Tensor) (sigma: torch.Tensor) = torch.normal(mu.detach(), sigma.detach())

let mu, sigma = leaf 0.5, leaf 0.8
let eps = torch.randn([| 1L; 1L |], torch.float64)
let drawn, moved = sampler mu sigma, mu + sigma * eps
moved.sum().backward()
printfn "drawn:           depends on mu and sigma: %b" drawn.requires_grad
printfn "mu + sigma eps:  depends on mu and sigma: %b" moved.requires_grad
printfn "dz/dmu = %.4f   dz/dsigma = %.4f   eps = %.4f" (mu.grad.item<float> ()) (sigma.grad.item<float> ()) (eps.item<float> ())

// ## One formula for every carrier
//
// `Num` provides F#'s operators for any `'T :> ITensor<'T>`. The loss $f(z) = \sum_d (z_d - 1)^2 + e^{z_d}$ is written once, without any
// derivative.

let f z =
    let z = num z
    Num.sumEvent (Num.square (z - 1.0) + exp z) |> Num.value

let loss mu sigma eps = f ((num mu + num sigma * num eps) |> Num.value)

// **Dual numbers** carry a value and its derivative along one direction, over arrays of the base class library. With $z = 0.5 + 0.8\cdot 0.3$:

let one (x: float) = NdArray.FromValues([| x |], 1, 1)
let dual x direction = Dual<NdArray>(one x, one direction)
let alongMu = loss (dual 0.5 1.0) (dual 0.8 0.0) (dual 0.3 0.0)
let alongSigma = loss (dual 0.5 0.0) (dual 0.8 1.0) (dual 0.3 0.0)
printfn "f = %.6f   df/dmu = %.6f   df/dsigma = %.6f" alongMu.Value.Item alongMu.Tangent.Item alongSigma.Tangent.Item

// A dual number over dual numbers gives the second derivative: $\partial^2 f/\partial\mu^2 = 2 + e^z$.

let nested x direction = Dual<Dual<NdArray>>(dual x direction, dual direction 0.0)
let twice = loss (nested 0.5 1.0) (nested 0.8 0.0) (nested 0.3 0.0)
printfn "by nesting: %.6f   by hand: %.6f" twice.Tangent.Tangent.Item (2.0 + exp 0.74)

// **TorchSharp** evaluates the same formula, and its autograd computes the gradient in reverse mode:

let muLeaf, sigmaLeaf = leaf 0.5, leaf 0.8
let value = loss (TorchTensor muLeaf) (TorchTensor sigmaLeaf) (TorchTensor(torch.tensor([| 0.3 |], torch.float64).reshape(1L, 1L)))
value.Tensor.sum().backward()
printfn "f = %.6f   df/dmu = %.6f   df/dsigma = %.6f" (value.Tensor.item<float>()) (muLeaf.grad.item<float>()) (sigmaLeaf.grad.item<float>())

// **DiffSharp** is a third carrier, off by default because not every package feed has it: `-p:EnableDiffSharp=true` builds the
// repository with it, and the same formulas run on it unchanged.
//
// ## Why not the score function?
//
// Another estimator needs no derivative of $f$ (Williams 1992): $\nabla\,\mathbb{E}[f] = \mathbb{E}[f(z)\,\nabla \ln q(z)]$. Both are
// unbiased. The table compares 100,000 single-sample estimates of each, for $f(z) = (z-1)^2 + e^z$ at $\mu = 0.5$.

let noise = Normals.Draws(100_000, 1, KeyedRandom.FromSeed 1UL)
let sigmas = [ 0.05; 0.1; 0.2; 0.4; 0.8 ]
let estimates =
    sigmas |> List.map (fun sigma ->
        sigma, GradientEstimators.Reparameterized((fun z -> f z), 0.5, sigma, noise), GradientEstimators.ScoreFunction((fun z -> f z), 0.5, sigma, noise))

printfn "sigma   mean by trick   by score   variance by trick   by score"
for sigma, trick, score in estimates do
    printfn "%.2f    %8.2f       %8.2f   %10.3f          %8.2f" sigma trick.Mu score.Mu trick.MuVariance score.MuVariance

// The same as a plot with logarithmic axes. As $\sigma$ decreases, the variance of the reparameterized gradient vanishes, while that of
// the score function, which divides by $\sigma$, grows without bound.

let places = [| for sigma, _, _ in estimates -> log10 sigma |]
let values =
    [| for _, trick, _ in estimates -> log10 trick.MuVariance
       for _, _, score in estimates -> log10 score.MuVariance |]
Displays.Show(Pictures.Lines("Variance of the derivative by mu", "log10", "log10 of sigma", places, values, ValueList.From [ "reparameterized"; "score function" ]), "02-reparameterization-variance-picture")

// The notebook on [objectives and latents](04-objectives-and-latents.ipynb) continues with trained models.
