// 06-first-steps.ipynb as a program: dotnet fsi 06-first-steps.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # First steps
//
// A variational autoencoder learns to draw by learning to describe. An **encoder** $q(z|x)$ says which short descriptions $z$ fit a
// picture $x$; a **decoder** $p(x|z)$ says which pictures fit a description. Both are trained together, to make the *evidence lower
// bound* as large as it gets:
//
// $$\ln p(x) \;\ge\; \mathbb{E}_{q(z|x)}\big[\ln p(x|z)\big] \;-\; \mathrm{KL}\big(q(z|x)\,\|\,p(z)\big), \qquad p(z) = \mathcal{N}(0, I).$$
//
// The first term asks for descriptions that a picture can be drawn from, the second for descriptions that cost few nats. In this
// notebook one is trained in a few seconds, in F#.

open System.IO
open Vae
open Vae.Torch

// ## Pictures
//
// The library brings a data set: handwriting-like digits of 28×28 grey values, drawn by a pure function, so there is nothing to
// download: 60,000 to learn from and 10,000 to be tested on.

let data = DataSources.Load "digits"
Displays.Show(data, "06-first-steps-load")

Displays.Show(RunPictures.Sheet(data.Train, 64), "06-first-steps-examples")

// ## A model is a value
//
// `Zoo.Mlp` is a record that says 784 → 400 → 10 → 400 → 784. Nothing is computed yet; it can be compared, changed and written to a
// file. `With` makes a changed copy.

let model = Zoo.Mlp(data.Train.Shape, latent = 10)
Displays.Show(model, "06-first-steps-spec")

// A model that makes no sense is told so before anything runs, and all at once:

let nonsense = model.With(latent = -1, likelihood = Likelihoods.Normal 0.0)
Displays.Show(Specs.Problems nonsense, "06-first-steps-refused")

// ## Training
//
// An experiment is model × objective × data × training, and `Recipes.Default` fills in what `vae train` does. A run is a folder;
// each line below grows while its epoch is trained. The numbers are $-$ELBO in nats per picture: what it costs to send one.

let experiment = Recipes.Default(model, "digits", epochs = 5)
let folder = Directory.CreateTempSubdirectory("vae-").FullName
let result = Trainer.Train(experiment, data, RunOptions folder, ProgressLines())

Displays.Show(Pictures.Curves result.History, "06-first-steps-curves")

// ## What it has learnt
//
// Below each test picture, what is left of it after a description of ten numbers. It never saw these pictures.

let vae = RunFolder.Open(folder).LoadModel()
Displays.Show(RunPictures.Reconstructions(vae, data.Test, experiment.Data.Binarization, count = 30, seed = 1UL), "06-first-steps-reconstructions")

// And now without a picture: draw $z \sim \mathcal{N}(0, I)$ and decode it. Every one of these is new.

Displays.Show(RunPictures.Samples(vae, count = 64, seed = 1UL), "06-first-steps-samples")

// The space between two descriptions is inhabited as well. On the way from one test picture to another every step is a picture,
// and the change is gradual.

Displays.Show(LatentPictures.Interpolation(vae, data.Test, experiment.Data.Binarization, from = 0, ``to`` = 7, steps = 9), "06-first-steps-interpolation")

// ## What the ten numbers mean
//
// Each row moves one number and leaves the others. The rows are ordered by $\mathrm{KL}$, the nats that a number is used for.

Displays.Show(LatentPictures.Traversals(vae, data.Test, experiment.Data.Binarization, rows = 6, columns = 11), "06-first-steps-traversals")

Displays.Show(result.Test, "06-first-steps-terms")

// The bound is the sum of two prices: $\mathrm{KL}$ for the description, and the reconstruction for what the description leaves
// open. Next, in C#: [a model of your own](05-your-own-model.ipynb).
