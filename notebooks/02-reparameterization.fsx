// 02-reparameterization.ipynb as a program: dotnet fsi 02-reparameterization.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.FSharp, 0.2.*-*"
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # The reparameterization trick
//
// A VAE minimizes $\mathbb{E}_{z\sim\mathcal{N}(\mu,\sigma^2)}[f(z)]$ by the gradient with respect to $\mu$ and $\sigma$. But $z$ is *drawn*: what is the
// derivative of a random number? Kingma & Welling (2014) move the chance out of the way,
//
// $$z = \mu + \sigma \odot \varepsilon, \qquad \varepsilon \sim \mathcal{N}(0, I),$$
//
// so that $z$ is an ordinary function of $\mu$ and $\sigma$, with $\partial z/\partial\mu = 1$ and $\partial z/\partial\sigma = \varepsilon$.

open TorchSharp
open Vae
open Vae.FSharp
open Vae.Torch

// TorchSharp is used here by itself, before anything else of Vae.Torch has found its natives.
TorchRuntime.Load()

// ## A draw passes no gradient
//
// A sampler gives numbers, and forgets what they were made from. Written out as $\mu + \sigma\varepsilon$, the same chance leaves $\partial z/\partial\mu = 1$ and $\partial z/\partial\sigma = \varepsilon$.

let leaf (x: float) = torch.tensor([| x |], torch.float64).reshape(1L, 1L).requires_grad_ true
torch.manual_seed 1L |> ignore

// What any sampler does: it looks at the values of its parameters.
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
// `Num` puts F#'s operators on any `'T :> ITensor<'T>`. This loss, $f(z) = \sum_d (z_d - 1)^2 + e^{z_d}$, is written once, and knows nothing of derivatives.

let f z =
    let z = num z
    Num.sumEvent (Num.square (z - 1.0) + exp z) |> Num.value

let loss mu sigma eps = f ((num mu + num sigma * num eps) |> Num.value)

// **Dual numbers** carry a value and its derivative along one direction, through base-class-library arrays. With $z = 0.5 + 0.8\cdot 0.3$:

let one (x: float) = NdArray.FromValues([| x |], 1, 1)
let dual x direction = Dual<NdArray>(one x, one direction)
let alongMu = loss (dual 0.5 1.0) (dual 0.8 0.0) (dual 0.3 0.0)
let alongSigma = loss (dual 0.5 0.0) (dual 0.8 1.0) (dual 0.3 0.0)
printfn "f = %.6f   df/dmu = %.6f   df/dsigma = %.6f" alongMu.Value.Item alongMu.Tangent.Item alongSigma.Tangent.Item

// A dual number of dual numbers has the second derivative: $\partial^2 f/\partial\mu^2 = 2 + e^z$.

let nested x direction = Dual<Dual<NdArray>>(dual x direction, dual direction 0.0)
let twice = loss (nested 0.5 1.0) (nested 0.8 0.0) (nested 0.3 0.0)
printfn "by nesting: %.6f   by hand: %.6f" twice.Tangent.Tangent.Item (2.0 + exp 0.74)

// **TorchSharp** runs the same formula forwards, and its autograd goes back:

let muLeaf, sigmaLeaf = leaf 0.5, leaf 0.8
let value = loss (TorchTensor muLeaf) (TorchTensor sigmaLeaf) (TorchTensor(torch.tensor([| 0.3 |], torch.float64).reshape(1L, 1L)))
value.Tensor.sum().backward()
printfn "f = %.6f   df/dmu = %.6f   df/dsigma = %.6f" (value.Tensor.item<float>()) (muLeaf.grad.item<float>()) (sigmaLeaf.grad.item<float>())

// **DiffSharp** is a third carrier, off by default because its packages are not everywhere: `-p:EnableDiffSharp=true` builds the
// repository with it, and the same formulas run there unchanged.
//
// ## Why not the score function?
//
// Another way needs no derivative of $f$ (Williams 1992): $\nabla\,\mathbb{E}[f] = \mathbb{E}[f(z)\,\nabla \ln q(z)]$. Both are right on
// average. Here are 100,000 single draws of each, for $f(z) = (z-1)^2 + e^z$ at $\mu = 0.5$.

let noise = Normals.Draws(100_000, 1, KeyedRandom.FromSeed 1UL)
let sigmas = [ 0.05; 0.1; 0.2; 0.4; 0.8 ]
let estimates =
    sigmas |> List.map (fun sigma ->
        sigma, GradientEstimators.Reparameterized((fun z -> f z), 0.5, sigma, noise), GradientEstimators.ScoreFunction((fun z -> f z), 0.5, sigma, noise))

printfn "sigma   mean by trick   by score   variance by trick   by score"
for sigma, trick, score in estimates do
    printfn "%.2f    %8.2f       %8.2f   %10.3f          %8.2f" sigma trick.Mu score.Mu trick.MuVariance score.MuVariance

// As a picture, both axes logarithmic. As $\sigma$ falls the trick becomes exact, and the score function, which divides by $\sigma$, breaks down.

let places = [| for sigma, _, _ in estimates -> log10 sigma |]
let values =
    [| for _, trick, _ in estimates -> log10 trick.MuVariance
       for _, _, score in estimates -> log10 score.MuVariance |]
Displays.Show(Pictures.Lines("Variance of the derivative by mu", "log10", "log10 of sigma", places, values, ValueList.From [ "reparameterized"; "score function" ]), "02-reparameterization-variance-picture")

// Trained models follow in [objectives and latents](04-objectives-and-latents.ipynb).
