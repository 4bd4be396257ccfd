// 04-objectives-and-latents.ipynb as a program: dotnet fsi 04-objectives-and-latents.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.Torch, 0.1.0"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # Objectives and latents
//
// The bound has two prices: *distortion*, $-\ln p(x|z)$, and *rate*, $\mathrm{KL}(q(z|x)\,\|\,p(z))$. An objective says how to trade them,
// $\text{distortion} + \beta \cdot \text{rate}$, and with it what the latent dimensions come to mean.

open System
open System.IO
open Vae
open Vae.Torch

// ## Sprites
//
// White shapes drawn from five known factors: shape, scale, orientation and both positions.

let sprites = DataSources.Load("sprites", DataOptions(Limit = 4000))
let few = DataSplit(sprites.Train, sprites.Validation, sprites.Test.Take(ReadOnlySpan [| 0 .. 999 |]))
Displays.Show(RunPictures.Sheet(few.Train, 48), "04-objectives-and-latents-sprites")

// ## β
//
// Large β makes codes cheap and pictures poor (Higgins et al. 2017).

let model = Zoo.Mlp(few.Train.Shape, latent = 6, hidden = 128)

let train name (objective: Objective) =
    printf "%s: " name
    let folder = Directory.CreateTempSubdirectory("vae-").FullName
    let experiment = Recipes.Default(model, "sprites", epochs = 4).With(objective = objective)
    let result = Trainer.Train(experiment, few, RunOptions(Path.Combine(folder, "run")), ProgressLines())
    name, result, RunFolder.Open(Path.Combine(folder, "run")).LoadModel()

let ladder = [ for beta in [ 0.25; 1.0; 4.0; 16.0; 200.0 ] -> train $"β = {beta}" (Objectives.Beta beta) ]

// Each model is a point; those that no other beats in both prices are joined (Alemi et al. 2018).

let rates = [| for _, result, _ in ladder -> result.Test.Kl.Value |]
let distortions = [| for _, result, _ in ladder -> result.Test.Reconstruction |]
Displays.Show(Pictures.RateDistortion(ReadOnlySpan rates, ReadOnlySpan distortions, ValueList.From [ for name, _, _ in ladder -> name ]), "04-objectives-and-latents-rate-distortion")

// ## Active units and collapse
//
// A latent dimension is active where its mean varies with the picture. When β is too high none is: the decoder draws the same for all.

for name, result, vae in ladder do
    let means = Evaluator(vae, few.Test, Binarizations.None).Encode().Means
    printfn "%-9s KL %6.2f, %d of 6 units active" name result.Test.Kl.Value (ActiveUnits.Count means)

// ## Schedules
//
// A warm-up lets the decoder learn to use codes before they cost anything (Bowman et al. 2016); cycles repeat it (Fu et al. 2019).
// Free bits make the first nats of each dimension free (Kingma et al. 2016); β-TC weights only the total correlation (Chen et al. 2018).

let warmUp = Schedules.Linear(0.0, 4.0, 2.0)
let cyclical = Schedules.Cyclical(0.0, 4.0, 2.0)
let bar (beta: float) = String('█', int (Math.Round(4.0 * beta)))
printfn "epoch  warm-up            cyclical"
for epoch in 0.0 .. 0.25 .. 4.0 do
    printfn "%.2f   %-18s %s" epoch (bar (Schedules.At(warmUp, epoch))) (bar (Schedules.At(cyclical, epoch)))

let others =
    [ train "warm-up to 4" (Objectives.Beta warmUp)
      train "cyclical to 4" (Objectives.Beta cyclical)
      train "free bits" (Objectives.Beta(Schedules.Constant 4.0, Capacities.FreeBits 1.0))
      train "β-TC 4" (Objectives.TotalCorrelation 4.0) ]

let everything = ladder @ others
Displays.Show(
    Pictures.RateDistortion(
        ReadOnlySpan [| for _, result, _ in everything -> result.Test.Kl.Value |],
        ReadOnlySpan [| for _, result, _ in everything -> result.Test.Reconstruction |],
        ValueList.From [ for name, _, _ in everything -> name ])
    , "04-objectives-and-latents-all-objectives")

// ## What a dimension means
//
// Each row moves one dimension and leaves the others, those with the highest KL first.

let _, _, tc = List.last others
Displays.Show(LatentPictures.Traversals(tc, few.Test, Binarizations.None, rows = 6, columns = 11), "04-objectives-and-latents-traversals")

// The *mutual information gap* asks by how much the best dimension knows each factor better than the second best (Chen et al. 2018).
// So short a training separates little; the measure is the same for long ones.

let factors = EmbeddedSprites.TestFactors()
for name, _, vae in [ ladder[1]; List.last others ] do
    let codes = Evaluator(vae, sprites.Test, Binarizations.None).Encode().Means
    printfn "%-9s MIG %.2f" name (MutualInformationGap.Of(codes, factors))
