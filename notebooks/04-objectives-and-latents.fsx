// 04-objectives-and-latents.ipynb as a program: dotnet fsi 04-objectives-and-latents.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # Objectives and latents
//
// The bound has two prices: *distortion*, $-\ln p(x|z)$, what is lost of a picture that is described by $z$, and *rate*,
// $\mathrm{KL}(q(z|x)\,\|\,p(z))$, what the description costs. An objective says how to trade them,
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
// White shapes drawn from five known factors: shape, scale, orientation and both positions. Five numbers would describe each of them.

let sprites = DataSources.Load("sprites", DataOptions(Limit = 4000))
let few = DataSplit(sprites.Train, sprites.Validation, sprites.Test.Take(ReadOnlySpan [| 0 .. 999 |]))
Displays.Show(RunPictures.Sheet(few.Train, 49), "04-objectives-and-latents-sprites")

// ## β
//
// One model of ten latents, six exchange rates (Higgins et al. 2017). Where β is large, codes are cheap and pictures poor.

let model = Zoo.Mlp(few.Train.Shape, latent = 10, hidden = 128)

let train name epochs (objective: Objective) =
    printf "%s: " name
    let run = Path.Combine(Directory.CreateTempSubdirectory("vae-").FullName, "run")
    let result = Trainer.Train(Recipes.Default(model, "sprites", epochs).With(objective = objective), few, RunOptions run, ProgressLines())
    name, result, RunFolder.Open(run).LoadModel()

let ladder = [ for beta in [ 0.25; 1.0; 4.0; 16.0; 64.0; 256.0 ] -> train $"β = {beta}" 4 (Objectives.Beta beta) ]

// Each model is a point; those that no other beats in both prices are joined (Alemi et al. 2018). No point of this curve is better
// than another: β chooses one.

let plane models =
    Pictures.RateDistortion(
        ReadOnlySpan [| for _, (result: TrainResult), _ in models -> result.Test.Kl.Value |],
        ReadOnlySpan [| for _, (result: TrainResult), _ in models -> result.Test.Reconstruction |],
        ValueList.From [ for name, _, _ in models -> name ])

Displays.Show(plane ladder, "04-objectives-and-latents-rate-distortion")

// What it means in pictures: in the first row test sprites, below them what each model makes of its own description. Place and size
// move many pixels and are told first; the shape moves few, and none of these short trainings has come to it.

let shown = few.Test.Take(ReadOnlySpan [| 0 .. 11 |])

let described (vae: VaeModel) =
    Comparisons.Decode(Candidate("", "", 1UL, vae, Binarizations.None), Evaluator(vae, shown, Binarizations.None).Encode().Means, shown)

let originals = Array.zeroCreate<float32> (shown.Count * shown.ItemSize)
shown.Pixels.CopyTo(0, Span originals)
let rows = originals :: [ for _, _, vae in ladder -> described vae ]
let names = "test" :: [ for name, _, _ in ladder -> name ]
Displays.Show(Pictures.Grid(ReadOnlySpan(Array.concat rows), shown.Shape, columns = 12, rowNames = ValueList.From names), "04-objectives-and-latents-seen")

// ## Which dimensions are used
//
// The rate is a sum over dimensions, and each of them says less as the price rises. A dimension that is not worth its nats becomes the
// prior itself, $q(z_i|x) = p(z_i)$, costs nothing and says nothing: it has *collapsed*.

let sortedKl (vae: VaeModel) = Evaluator(vae, few.Test, Binarizations.None).KlPerLatent() |> Seq.sortDescending |> Array.ofSeq

let perDimension models =
    Pictures.Lines(
        "KL of each dimension", "nats per example", "dimension, the most used first", [| 1.0 .. 10.0 |],
        Array.concat [ for _, _, vae in models -> sortedKl vae ], ValueList.From [ for name, _, _ in models -> name ])

Displays.Show(perDimension ladder, "04-objectives-and-latents-used")

// A dimension is *active* where the mean of its posterior varies with the picture, by more than 0.01 (Burda et al. 2016). At the highest
// price none is, and the decoder draws the mean of all sprites, whatever it is told.

for name, _, vae in ladder do
    let means = Evaluator(vae, few.Test, Binarizations.None).Encode().Means
    printfn "%-9s %d of 10 units active" name (ActiveUnits.Count means)

// ## Free bits
//
// Where a collapse is not wanted, the first nats of each dimension are free (Kingma et al. 2016): the objective charges
// $\beta \max(\lambda, \mathrm{KL}_i)$. Below λ nothing is gained by saying less, so no dimension falls to 0. With β = 64, and half a nat for each dimension that
// costs nothing:

let strict = ladder[4]
let free = train "β = 64, free" 4 (Objectives.Beta(Schedules.Constant 64.0, Capacities.FreeBits 0.5))
Displays.Show(perDimension [ strict; free ], "04-objectives-and-latents-free-bits")

for name, result, _ in [ strict; free ] do
    printfn "%-13s distortion %.0f, rate %.1f nats" name result.Test.Reconstruction result.Test.Kl.Value

// For a few nats more, the sprites are found again.

// ## Schedules
//
// β may change while training. A warm-up lets the decoder learn to use codes before they cost anything (Bowman et al. 2016); cycles
// repeat it (Fu et al. 2019). A schedule is a value, and its weight at any epoch a function of it:

let warmUp = Schedules.Linear(0.0, 4.0, 2.0)
let cyclical = Schedules.Cyclical(0.0, 4.0, 2.0)
let places = [| 0.0 .. 0.125 .. 4.5 |]
let weights = [| for schedule in [ warmUp; cyclical ] do for epoch in places -> Schedules.At(schedule, epoch) |]
Displays.Show(Pictures.Lines("β", "weight of the divergence", "epoch", places, weights, ValueList.From [ "warm-up"; "cyclical" ]), "04-objectives-and-latents-schedules")

// ## What a dimension means
//
// The mean rate has three parts: what a code tells of the picture, what its dimensions tell of each other (their *total correlation*),
// and how far each of them alone is from the prior. β charges for all three; β-TC charges more for the second only, so that each
// dimension has something of its own to say (Chen et al. 2018).

let _, _, separated = train "β-TC 8" 8 (Objectives.TotalCorrelation 8.0)

// Each row moves one dimension of the code of a test sprite and leaves the others, those with the highest KL first.

Displays.Show(LatentPictures.Traversals(separated, few.Test, Binarizations.None, rows = 6, columns = 11), "04-objectives-and-latents-traversals")

// Dimension 6 is the size. The others still mix factors: so short a training separates little.

// `vae sweep --data sprites --beta 1,4,16 --seeds 3` trains such a ladder and compares it; `vae evaluate RUN --metrics
// information,disentanglement` measures the three parts of the rate, and how well each known factor is told by a dimension of its own (MIG,
// SAP, DCI and others).
