// 04-objectives-and-latents.ipynb as a program: dotnet fsi 04-objectives-and-latents.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # Objectives and latents
//
// The bound is the sum of two terms: the *distortion*, $-\ln p(x|z)$, measures what the code $z$ loses of an image, and the *rate*,
// $\mathrm{KL}(q(z|x)\,\|\,p(z))$, measures how many nats the code uses. An objective defines the trade-off between them,
//
// $$\text{distortion} + \beta \cdot \text{rate},$$
//
// and with it how many latent dimensions are used, and for what.

open System
open System.IO
open Vae
open Vae.Torch

// ## Sprites
//
// White shapes drawn from five known factors: shape, scale, orientation and the two coordinates. Five numbers describe each of them.

let sprites = DataSources.Load("sprites", DataOptions(Limit = 4000))
let few = DataSplit(sprites.Train, sprites.Validation, sprites.Test.Take(ReadOnlySpan [| 0 .. 999 |]))
Displays.Show(RunPictures.Sheet(few.Train, 49), "04-objectives-and-latents-sprites")

// ## β
//
// One model with ten latent dimensions, trained with six values of β (Higgins et al. 2017). A large β gives codes with few nats and poor
// reconstructions.

let model = Zoo.Mlp(few.Train.Shape, latent = 10, hidden = 128)

let train name epochs (objective: Objective) =
    printf "%s: " name
    let run = Path.Combine(Directory.CreateTempSubdirectory("vae-").FullName, "run")
    let result = Trainer.Train(TrainRecipes.Default(model, "sprites", epochs).With(objective = objective), few, RunOptions run, ProgressLines())
    name, result, RunFolder.Open(run).LoadModel()

let ladder = [ for beta in [ 0.25; 1.0; 4.0; 16.0; 64.0; 256.0 ] -> train $"β = {beta}" 4 (Objectives.Beta beta) ]

// Each model is a point; the line joins the models on the Pareto front, for which no other model is better in both terms (Alemi et al.
// 2018). β selects a point on this front.

let plane models =
    Pictures.RateDistortion(
        ReadOnlySpan [| for _, (result: TrainResult), _ in models -> result.Test.Kl.Value |],
        ReadOnlySpan [| for _, (result: TrainResult), _ in models -> result.Test.Reconstruction |],
        ValueList.From [ for name, _, _ in models -> name ])

Displays.Show(plane ladder, "04-objectives-and-latents-rate-distortion")

// In images: the first row shows test sprites, the rows below their reconstructions by each model. Position and size change many pixels
// and are encoded first; the shape changes few, and none of these short trainings has learned it.

let shown = few.Test.Take(ReadOnlySpan [| 0 .. 11 |])

let described (vae: VaeModel) =
    let evaluator = Evaluator(vae, shown, Binarizations.None)
    evaluator.Decode(evaluator.Encode().Means)

let originals = Array.zeroCreate<float32> (shown.Count * shown.ItemSize)
shown.Pixels.CopyTo(0, Span originals)
let rows = originals :: [ for _, _, vae in ladder -> described vae ]
let names = "test" :: [ for name, _, _ in ladder -> name ]
Displays.Show(Pictures.Grid(ReadOnlySpan(Array.concat rows), shown.Shape, columns = 12, rowNames = ValueList.From names), "04-objectives-and-latents-seen")

// ## Which dimensions are used
//
// The rate is a sum over dimensions, and each of them carries less information as β increases. A dimension whose information is not worth
// its nats becomes equal to the prior, $q(z_i|x) = p(z_i)$, with a KL of 0 and no information about $x$: it has *collapsed*.

let sortedKl (vae: VaeModel) = Evaluator(vae, few.Test, Binarizations.None).KlPerLatent() |> Seq.sortDescending |> Array.ofSeq

let perDimension models =
    Pictures.Lines(
        "KL of each dimension", "nats per example", "dimension, the most used first", [| 1.0 .. 10.0 |],
        Array.concat [ for _, _, vae in models -> sortedKl vae ], ValueList.From [ for name, _, _ in models -> name ])

Displays.Show(perDimension ladder, "04-objectives-and-latents-used")

// A dimension is *active* if the variance of its posterior mean over the data exceeds 0.01 (Burda et al. 2016). At the largest β none is
// active, and the decoder outputs the mean of all sprites for every code.

for name, _, vae in ladder do
    let means = Evaluator(vae, few.Test, Binarizations.None).Encode().Means
    printfn "%-9s %d of 10 units active" name (ActiveUnits.Count means)

// ## Free bits
//
// To prevent collapse, free bits leave the first λ nats of each dimension unpenalized (Kingma et al. 2016): the objective is
// $\beta \max(\lambda, \mathrm{KL}_i)$. Below λ a smaller KL gains nothing, so no dimension falls to 0. Here β = 64 and λ = 0.5 nats for
// each dimension:

let strict = ladder[4]
let free = train "β = 64, free" 4 (Objectives.Beta(Schedules.Constant 64.0, Capacities.FreeBits 0.5))
Displays.Show(perDimension [ strict; free ], "04-objectives-and-latents-free-bits")

for name, result, _ in [ strict; free ] do
    printfn "%-13s distortion %.0f, rate %.1f nats" name result.Test.Reconstruction result.Test.Kl.Value

// With a few more nats, the sprites are reconstructed again.

// ## Schedules
//
// β may change during training. A warm-up lets the decoder learn to use codes before their KL is penalized (Bowman et al. 2016); a
// cyclical schedule repeats it (Fu et al. 2019). A schedule is a value, and β at any epoch is a function of it:

let warmUp = Schedules.Linear(0.0, 4.0, 2.0)
let cyclical = Schedules.Cyclical(0.0, 4.0, 2.0)
let places = [| 0.0 .. 0.125 .. 4.5 |]
let weights = [| for schedule in [ warmUp; cyclical ] do for epoch in places -> Schedules.At(schedule, epoch) |]
Displays.Show(Pictures.Lines("β", "KL weight β", "epoch", places, weights, ValueList.From [ "warm-up"; "cyclical" ]), "04-objectives-and-latents-schedules")

// ## What a dimension means
//
// The mean rate has three parts: the mutual information of code and image, the dependence between dimensions (their *total correlation*),
// and the KL of each dimension's marginal from the prior. β weights all three; β-TCVAE weights only the second more strongly, which
// encourages each dimension to encode a separate factor (Chen et al. 2018).

let _, _, separated = train "β-TC 8" 8 (Objectives.TotalCorrelation 8.0)

// Each row varies one dimension of the code of a test sprite and keeps the others fixed, sorted by decreasing KL.

Displays.Show(LatentPictures.Traversals(separated, few.Test, Binarizations.None, rows = 6, columns = 11), "04-objectives-and-latents-traversals")

// A row names the factors that its dimension encodes. This short training still mixes most of them; [the recipe for
// sprites](../Shell/Vae.Torch/README.md#disentangled-factors), β-TCVAE with a small weight of the KL and all 60,000 images, encodes
// both positions and the scale in a dimension each within minutes, and with seed 1 the orientation of an ellipse in two others:
//
// ![Five rows of an ellipse: its position, its scale and, by two dimensions, its orientation](pictures/traversals.png)

// `vae sweep --data sprites --beta 1,4,16 --seeds 3` trains and compares such a series of models; `vae evaluate RUN --metrics
// information,disentanglement` measures the three parts of the rate, and how well single dimensions encode each known factor (MIG, SAP,
// DCI and others).
