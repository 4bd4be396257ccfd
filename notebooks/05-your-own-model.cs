// 05-your-own-model.ipynb as a program: dotnet run 05-your-own-model.cs
// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update
#:package Vae.Pictures@0.2.*-*
#:package Vae.Torch@0.2.*-*
#:package TorchSharp-cpu@0.107.0
#:property UseCurrentRuntimeIdentifier=true
#:property SelfContained=false
#:property PublishAot=false

using System.IO;
using Vae;
using Vae.Torch;

// # Build your own model
//
// A variational autoencoder is a composition of parts, each of which can be chosen independently:
//
// $$\underbrace{q_\phi(z|x)}_{\text{encoder, posterior}} \qquad \underbrace{p(z)}_{\text{prior}} \qquad \underbrace{p_\theta(x|z)}_{\text{decoder, likelihood}}$$
//
// This notebook builds a model from layers, validates it, chooses a likelihood, trains it, and exports it to files that other programs
// can read.

var data = DataSources.Load("digits", new DataOptions(Limit: 15000));
Displays.Show(data, "05-your-own-model-data");

// ## Two networks
//
// The encoder halves the height and width of the image twice and ends in a vector; the decoder reverses this. Neither specifies the
// width of its last layer: a *head* adapts it to the posterior or the likelihood, so that those can be exchanged.

var encoder = new Network(
    [
        Layers.Conv2d(8, kernel: 4, stride: 2, padding: 1), Layers.Activate(Activations.Silu),
        Layers.Conv2d(16, kernel: 4, stride: 2, padding: 1), Layers.Activate(Activations.Silu),
        Layers.Flatten, Layers.Linear(128), Layers.Activate(Activations.Silu),
    ],
    Heads.Dense);

var decoder = new Network(
    [
        Layers.Linear(128), Layers.Activate(Activations.Silu),
        Layers.Linear(16 * 7 * 7), Layers.Activate(Activations.Silu), Layers.Reshape(Shape.Image(16, 7, 7)),
        Layers.ConvTranspose2d(8, kernel: 4, stride: 2, padding: 1), Layers.Activate(Activations.Silu),
    ],
    Heads.ConvTranspose2d(kernel: 4, stride: 2, padding: 1));

var model = new VaeSpec(
    data.Train.Shape, 12, encoder, decoder,
    Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(0.1), Conditions.None);
Displays.Show(model, "05-your-own-model-model");

// ## Is it valid?
//
// Shapes are inferred through all layers. With one wrong stride, the output has a different size from the input; validation reports this
// before training instead of throwing an exception in the middle of it.

var broken = model.With(decoder: decoder.With(head: Heads.ConvTranspose2d(kernel: 4, stride: 1, padding: 1)), likelihood: Likelihoods.Normal(-1));
Displays.Show(Specs.Problems(broken), "05-your-own-model-broken");

Displays.Show(Specs.Problems(model), "05-your-own-model-sound");

// ## What does the decoder output mean?
//
// With the likelihood $\mathcal{N}(x; \hat x, \sigma^2 I)$ on $n$ values, the reconstruction loss of an image given its code is
//
// $$-\ln p(x|z) = \frac{\lVert x - \hat x\rVert^2}{2\sigma^2} + \frac{n}{2} \ln 2\pi\sigma^2,$$
//
// so $\sigma$ is the scale of the differences that matter. If it is large, errors cost little and an informative code does not pay off;
// if it is small, the model spends more nats of $\mathrm{KL}$ on precision. Here are three models that differ only in $\sigma$:

Experiment With(double sigma, int epochs) => TrainRecipes.Default(model.With(likelihood: Likelihoods.Normal(sigma)), "digits", epochs);

VaeModel Trained(double sigma)
{
    var run = Directory.CreateTempSubdirectory("vae-").FullName;
    Trainer.Train(With(sigma, epochs: 2), data, new RunOptions(run));
    return RunFolder.Open(run).LoadModel();
}

var sigmas = new[] { 1.0, 0.3, 0.1 };
var models = sigmas.Select(Trained).ToList();

foreach (var (sigma, candidate) in sigmas.Zip(models))
{
    var terms = new Evaluator(candidate, data.Test, Binarizations.None).Terms();
    var squaredError = 2 * sigma * sigma * (terms.Reconstruction - 784 / 2.0 * Math.Log(2 * Math.PI * sigma * sigma));
    Console.WriteLine($"σ = {sigma:0.0}: KL {terms.Kl:0.0} nats, squared error {squaredError:0.0}");
}

// The same in images of the test set: first $\sigma = 1$, then $0.3$, then $0.1$.

Displays.Show(RunPictures.Reconstructions(models[0], data.Test, Binarizations.None, count: 10, seed: 1), "05-your-own-model-reconstructions-1");

Displays.Show(RunPictures.Reconstructions(models[1], data.Test, Binarizations.None, count: 10, seed: 1), "05-your-own-model-reconstructions-2");

Displays.Show(RunPictures.Reconstructions(models[2], data.Test, Binarizations.None, count: 10, seed: 1), "05-your-own-model-reconstructions-3");

// Precision has a cost that reconstructions do not show. Samples from $p(z)$ must fall where the encoder places codes, and the more nats
// each code uses, the more of the latent space is empty. Samples from the first model and from the last:

Displays.Show(RunPictures.Samples(models[0], count: 36, seed: 1), "05-your-own-model-draws-1");

Displays.Show(RunPictures.Samples(models[2], count: 36, seed: 1), "05-your-own-model-draws-3");

// ## Training
//
// We choose $\sigma = 0.3$ and train longer. The KL weight β increases from 0 to 1 over the first two epochs, so that the latent
// dimensions become informative before their KL is penalized in full.

var experiment = With(0.3, epochs: 8).With(objective: Objectives.Beta(Schedules.Linear(0, 1, epochs: 2)));
var folder = Directory.CreateTempSubdirectory("vae-").FullName;
var result = Trainer.Train(experiment, data, new RunOptions(folder), new ProgressLines());

Displays.Show(Pictures.Curves(result.History), "05-your-own-model-curves");

var vae = RunFolder.Open(folder).LoadModel();
Displays.Show(RunPictures.Samples(vae, count: 64, seed: 1), "05-your-own-model-samples");

// ## Several stochastic layers
//
// A *stochastic layer* is a vector of latents with a distribution of its own, and a model may have several: $z_2$ above $z_1$ above the
// image, with $p(z) = p(z_2)\,p(z_1|z_2)$. In a ladder, $q(z_1|z_2, x)$ multiplies what $z_2$ predicts by what the image shows (Sønderby
// et al. 2016). The encoder and the decoder stay as they are; two more networks connect the layers, one upwards and one downwards.

ValueList<Layer> between = [Layers.Linear(64), Layers.BatchNorm(), Layers.Activate(Activations.LeakyRelu())];
var hierarchy = Hierarchies.Ladder(
    Shape.Vector(12), [new(Shape.Vector(6), 64, new(between, Heads.Dense), new(between, Heads.Dense))]);

var ladder = new VaeSpec(
    data.Train.Shape, Hierarchies.Latent(hierarchy), encoder, decoder,
    Posteriors.Hierarchical(hierarchy), Priors.Hierarchical(hierarchy), Likelihoods.CrossEntropy, Conditions.None);
Displays.Show(ladder, "05-your-own-model-ladder");

// A layer that contributes nothing at first is pressed to its prior, and stays there: without a remedy the top layer often has a KL of 0. Two
// remedies are used here, a KL weight that rises from 0 over the first half of the training, and free bits, a quarter of a nat for each
// latent that costs nothing.

var patient = Objectives.Beta(Schedules.Linear(0, 1, epochs: 2), Capacities.FreeBits(0.25));
var layersFolder = Directory.CreateTempSubdirectory("vae-").FullName;
Trainer.Train(TrainRecipes.Default(ladder, "digits", epochs: 4).With(objective: patient), data, new RunOptions(layersFolder));

var layered = RunFolder.Open(layersFolder).LoadModel();
var layerKl = new Evaluator(layered, data.Test, Binarizations.None).KlPerLayer();
Console.WriteLine($"KL of z₁: {layerKl[0]:0.0} nats, of z₂: {layerKl[1]:0.0} nats");

// What does each layer decide? Below, the code of a test image keeps its $z_2$, while $z_1$ is drawn again from $p(z_1|z_2)$ for each column:
// what changes along the row is what the lower layer adds. The row below keeps both, which leaves nothing to draw.

Displays.Show(LatentPictures.StochasticLayers(layered, data.Test.Take([0, 1, 2, 3]), Binarizations.None, columns: 10, seed: 1), "05-your-own-model-decides-picture");

// The top layer decides the form of the digit. The lower one adds the stroke and the details, and chooses between digits of a similar form,
// such as a 4 and a 9, where $z_2$ leaves that open. `vae picture RUN layers` draws the same picture of a run folder.

// ## Export
//
// The run folder contains the whole experiment as JSON and the weights as *safetensors*, a format that PyTorch, JAX and others read;
// neither can contain executable code. The experiment read from the file is equal to the one written.

var same = SpecJson.ReadExperiment(File.ReadAllText(RunFolder.Open(folder).ExperimentFile)).Match(read => read == experiment, problems => false);
Console.WriteLine($"the experiment in the folder is this one: {same}");

foreach (var tensor in SafeTensors.Read(RunFolder.Open(folder).ModelFile).Tensors)
    Console.WriteLine($"{tensor.Name,-26} {tensor.Dtype}  {string.Join("×", tensor.Shape)}");
