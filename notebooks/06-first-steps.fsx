// 06-first-steps.ipynb as a program: dotnet fsi 06-first-steps.fsx
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#r "nuget: Vae.Pictures, 0.2.*-*"
#r "nuget: Vae.Torch, 0.2.*-*"
#r "nuget: TorchSharp-cpu, 0.107.0"

// # First steps
//
// A variational autoencoder learns to generate data by learning to encode them. An **encoder** $q(z|x)$ gives a distribution over short
// codes $z$ for an image $x$; a **decoder** $p(x|z)$ gives a distribution over images for a code. Both are trained together to maximize
// the *evidence lower bound* (ELBO):
//
// $$\ln p(x) \;\ge\; \mathbb{E}_{q(z|x)}\big[\ln p(x|z)\big] \;-\; \mathrm{KL}\big(q(z|x)\,\|\,p(z)\big), \qquad p(z) = \mathcal{N}(0, I).$$
//
// The first term rewards codes from which the image can be reconstructed, the second penalizes the nats that a code uses. This notebook
// trains a model in a few seconds, in F#.

open System.IO
open Vae
open Vae.Torch

// ## Images
//
// The library includes a data set of 28×28 greyscale images that resemble handwritten digits. They are drawn by a pure function, so
// nothing is downloaded: 60,000 training images and 10,000 test images.

let data = DataSources.Load "digits"
Displays.Show(data, "06-first-steps-load")

Displays.Show(RunPictures.Sheet(data.Train, 64), "06-first-steps-examples")

// ## A model is a value
//
// `Zoo.Mlp` returns a record that describes the network 784 → 400 → 10 → 400 → 784. Nothing is computed yet; the record can be compared
// and written to a file, and `With` returns a copy with the given properties replaced.

let model = Zoo.Mlp(data.Train.Shape, latent = 10)
Displays.Show(model, "06-first-steps-spec")

// Validation reports all problems of an invalid model at once, before anything runs:

let nonsense = model.With(latent = -1, likelihood = Likelihoods.Normal 0.0)
Displays.Show(Specs.Problems nonsense, "06-first-steps-refused")

// ## Training
//
// An experiment consists of model, objective, data and training; `TrainRecipes.Default` uses the same defaults as `vae train`. A run is a
// folder. Each line below is one epoch, and its numbers are $-$ELBO in nats per image.

let experiment = TrainRecipes.Default(model, "digits", epochs = 5)
let folder = Directory.CreateTempSubdirectory("vae-").FullName
let result = Trainer.Train(experiment, data, RunOptions folder, ProgressLines())

Displays.Show(Pictures.Curves result.History, "06-first-steps-curves")

// ## What it has learned
//
// Test images, and below each its reconstruction from a code of ten numbers. The model has not seen these images during training.

let vae = RunFolder.Open(folder).LoadModel()
Displays.Show(RunPictures.Reconstructions(vae, data.Test, experiment.Data.Binarization, count = 30, seed = 1UL), "06-first-steps-reconstructions")

// And now without an input image: sample $z \sim \mathcal{N}(0, I)$ and decode it. All of these images are new.

Displays.Show(RunPictures.Samples(vae, count = 64, seed = 1UL), "06-first-steps-samples")

// Codes between two test images decode to images as well: interpolating from one code to another changes the image gradually.

Displays.Show(LatentPictures.Interpolation(vae, data.Test, experiment.Data.Binarization, from = 0, ``to`` = 7, steps = 9), "06-first-steps-interpolation")

// ## What the ten dimensions encode
//
// Each row varies one dimension and keeps the others fixed. Rows are sorted by $\mathrm{KL}$, the nats that a dimension uses.

Displays.Show(LatentPictures.Traversals(vae, data.Test, experiment.Data.Binarization, rows = 6, columns = 11), "06-first-steps-traversals")

Displays.Show(result.Test, "06-first-steps-terms")

// The negative bound is the sum of two terms: the $\mathrm{KL}$ of the code, and the reconstruction loss, which measures what the code
// does not determine. Next, in C#: [build your own model](05-your-own-model.ipynb).
