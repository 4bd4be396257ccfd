// 01-autoencoder-to-vae.ipynb as a program: dotnet run 01-autoencoder-to-vae.cs
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

// # From the autoencoder to the VAE
//
// An **autoencoder** consists of two networks: an encoder maps each image $x$ to a short code $z = f(x)$, and a decoder maps the code
// back to an image. Both are trained to reconstruct their input,
//
// $$\min_{f,\,g} \; -\ln p(x \mid z), \qquad z = f(x), \qquad \text{where } g(z) \text{ are the parameters of } p.$$
//
// It compresses. Can it also *generate*? This notebook trains an autoencoder with two-dimensional codes, so that all of them can be
// plotted, shows why it fails to generate, and then changes one choice.

var all = DataSources.Load("digits", new DataOptions(Limit: 10000));
var data = all with { Test = all.Test.Take([.. Enumerable.Range(0, 3000)]) };
Displays.Show(data, "01-autoencoder-to-vae-data");

Displays.Show(RunPictures.Sheet(data.Test, 36), "01-autoencoder-to-vae-digits");

// ## The autoencoder
//
// In this library an autoencoder is a model whose posterior is a *point*: the encoder outputs one code and no distribution around it.
// The objective is the reconstruction loss alone.

var autoencoder = Zoo.Burda(data.Train.Shape, latent: 2, hidden: 128).With(posterior: Posteriors.Point);
Displays.Show(autoencoder, "01-autoencoder-to-vae-spec");

Candidate Trained(string group, VaeSpec model, Objective objective, ulong seed)
{
    var recipe = TrainRecipes.Default(model, "digits", epochs: 8, seed);
    // Lower than the default: without a prior, codes diverge at a higher learning rate.
    var experiment = recipe.With(objective: objective, train: recipe.Train.With(
        learningRate: Schedules.Cosine(3e-3, 0, epochs: 8), initialization: Initializations.LeCun));
    var run = Directory.CreateTempSubdirectory("vae-").FullName;
    Trainer.Train(experiment, data, new RunOptions(run), seed == 1 ? new ProgressLines() : null);
    return new(group, group, seed, RunFolder.Open(run).LoadModel(), Binarizations.None);
}

var point = Trained("autoencoder", autoencoder, Objectives.Reconstruction, seed: 1);

// ## Where the codes are
//
// Each point is the code of a test digit, coloured by its class. The encoder never sees the classes; similar digits end up close
// together. Note the scale of the axes, and the space between the clusters.

Displays.Show(LatentPictures.Scatter(point.Model, data.Test, Binarizations.None), "01-autoencoder-to-vae-scatter");

// ## Sampling fails
//
// To generate a new digit we need a new code. From which distribution? Training has defined none. We try two: the standard normal
// $\mathcal N(0, I)$, and the uniform distribution on the smallest box that contains all codes.

var normal = Normals.Draws(60, 2, KeyedRandom.FromSeed(1));
Displays.Show(Pictures.Grid(Comparisons.Decode(point, normal, data.Test), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-normal");

var box = Comparisons.Uniform(Comparisons.Codes(point, data.Test), 60, seed: 1);
Displays.Show(Pictures.Grid(Comparisons.Decode(point, box, data.Test), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-uniform");

// The standard normal covers only a corner of the cloud: some digits never appear, and outside the cloud, where the decoder was never
// trained, it produces smears or blank images. The uniform distribution finds more digits, but much of the box is just as empty.
//
// ## Another seed, another cloud
//
// Could we measure the cloud once and sample from that? Only for this one training run: nothing in the objective depends on where the
// codes lie. Any transformation of the plane that the decoder can invert gives the same loss, and the initial weights decide which
// one results. Below are the same networks trained on the same data with three seeds; the circle contains 95 % of $\mathcal N(0, I)$.

Candidate[] points = [point, .. new ulong[] { 2, 3 }.Select(seed => Trained("autoencoder", autoencoder, Objectives.Reconstruction, seed))];
Picture Clouds(Candidate[] models) => ComparisonPictures.Titled(ComparisonPictures.OtherSeeds, models, data.Test);

Displays.Show(Clouds(points), "01-autoencoder-to-vae-seeds");

// In numbers: the distance of the mean code from 0, the variance of both dimensions, and the maximum mean discrepancy (Gretton et al.
// 2012) between the codes and as many samples from $\mathcal N(0, I)$, which is near 0 if the two distributions are the same.

void Describe(Candidate[] models)
{
    Console.WriteLine($"{"",-20}{"|mean|",10}{"variance",18}{"discrepancy",14}");
    foreach (var model in models)
    {
        var codes = NdArray.Slice(Comparisons.Codes(model, data.Test), 0, 0, 2000);
        var z = LatentClouds.Moments(codes).Dimensions;
        var mean = Math.Sqrt(z[0].Mean * z[0].Mean + z[1].Mean * z[1].Mean);
        var discrepancy = MaximumMeanDiscrepancy.InverseMultiquadratic(codes, Normals.Draws(2000, 2, KeyedRandom.FromSeed(0)), scale: 4);
        Console.WriteLine($"{$"{model.Group}, seed {model.Seed}",-20}{mean,10:0.0}{z[0].Variance,9:0.0}{z[1].Variance,9:0.0}{discrepancy,14:0.00}");
    }
}

Describe(points);

// ## The solution: one different choice
//
// Keep both networks. Let the encoder output a distribution over codes, a normal $q(z|x) = \mathcal N(\mu(x), \operatorname{diag}\sigma^2(x))$,
// and penalize its divergence from a distribution $p(z) = \mathcal N(0, I)$ that is fixed in advance:
//
// $$\ln p(x) \;\ge\; \underbrace{\mathbb E_{q(z|x)} \ln p(x|z)}_{\text{reconstruction}} \;-\; \underbrace{\mathrm{KL}\big(q(z|x) \,\Vert\, p(z)\big)}_{\text{cost of the code}} \;=\; \mathrm{ELBO}.$$
//
// Because $q$ is noisy, neighbouring codes must decode to similar images. The KL keeps all codes near 0. Together the two terms are a
// lower bound on the evidence $\ln p(x)$ of a model that we can sample from: first $z$ from $p(z)$, then $x$ from $p(x|z)$ (Kingma &
// Welling 2014).

var variational = autoencoder.With(posterior: Posteriors.DiagonalNormal);
var normals = new ulong[] { 1, 2, 3 }.Select(seed => Trained("VAE", variational, Objectives.Elbo, seed)).ToArray();
var vae = normals[0];

Displays.Show(LatentPictures.Scatter(vae.Model, data.Test, Binarizations.None), "01-autoencoder-to-vae-scatter-vae");

// The classes now share one disc without large gaps. It is rotated and reflected from seed to seed, because $\mathcal N(0, I)$ is
// symmetric under both; its position, size and roundness no longer depend on the seed:

Displays.Show(Clouds(normals), "01-autoencoder-to-vae-seeds-vae");

Describe(normals);

// ## Now it generates
//
// The latent plane itself, on a grid of equal probability under $p(z)$: each image represents the same share of the prior.

Displays.Show(LatentPictures.Manifold(vae.Model, side: 20), "01-autoencoder-to-vae-manifold-vae");

// The same samples from $\mathcal N(0, I)$ that failed above:

Displays.Show(Pictures.Grid(Comparisons.Decode(vae, normal, data.Test), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-vae");

// ## Between two digits
//
// Interpolation along the straight line between the codes of two test digits. The outermost images are the digits themselves. In two
// dimensions the path passes through other digits: for the VAE, a 7 becomes a 5 by way of a 9.

Candidate[] pair = [point, vae];
Displays.Show(ComparisonPictures.Titled(ComparisonPictures.StraightLines, pair, data.Test), "01-autoencoder-to-vae-lines");

// ## All in one table
//
// `Comparisons` compares both kinds of model; the table shows means over the three seeds. A classifier trained on the training set
// evaluates the samples: the *Fréchet distance* measures, in the features of that classifier, how far they are from real digits. The
// last column shows the values that real test digits reach.

// A small training set is enough for the evaluation classifier.
var fewer = data with { Train = data.Train.Take([.. Enumerable.Range(0, 3000)]) };
var comparison = Comparisons.Run([.. points, .. normals], fewer, new ComparisonOptions(Draws: 500, Codes: 1000, Paths: 20));
string[] rows =
[
    "reconstruction, nats", "KL to the prior, nats", "−ELBO, nats", "maximum mean discrepancy to N(0, I)",
    "distance of clouds between seeds", "uniform draws: Fréchet distance", "N(0, I) draws: Fréchet distance",
];
Console.WriteLine($"{"",-38}{"autoencoder",12}{"VAE",8}{"real",8}");
foreach (var row in rows)
{
    var metric = comparison.Metrics.Single(metric => metric.Name == row);
    var cells = metric.Groups.Select(group => group is null ? "—" : $"{group.Mean:0.0}").ToArray();
    Console.WriteLine($"{row,-38}{cells[0],12}{cells[1],8}{metric.Real,8:0.0}");
}

// What the VAE gains is structure. Its codes have a distribution that is known before training and is the same for every seed, samples
// from it look more like digits, and $-\mathrm{ELBO}$ is an upper bound on the negative log-likelihood of an image. After this short
// training the VAE even reconstructs better: its codes stay where the decoder can tell them apart. With more latent dimensions and
// longer training the autoencoder reconstructs better, because nothing penalizes precision.

// ## Or a distribution fitted afterwards
//
// A distribution can also be fitted to the codes after training: here a mixture of ten normals with full covariance, fitted to the codes
// of the training set (Ghosh et al. 2020), and images decoded from its samples.

var fitted = point.Model.Fit(Samplers.Mixture(10), data.Train, seed: 1);
Displays.Show(RunPictures.Samples(fitted, count: 64, seed: 1), "01-autoencoder-to-vae-draws-fitted");

// These are digits too. But the mixture describes the cloud of one seed only; it is fitted after training, which therefore did nothing
// to make the space between two codes usable; and it gives no bound on the likelihood of an image. `vae sample RUN --sampler mixture:10`
// does the same, and `vae evaluate RUN --metrics samples --sampler mixture:10` measures it.
//
// With two latent dimensions every digit is blurred; notebook [06](06-first-steps.ipynb) uses ten and generates sharper ones.
// `vae compare --ae-vae` makes this comparison for any data, as a page with pictures.
