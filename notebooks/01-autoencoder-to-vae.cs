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
// An **autoencoder** is two networks and one wish: an encoder gives each picture $x$ a short code $z = f(x)$, a decoder makes a picture
// of it again, and both are trained until that picture is like the first,
//
// $$\min_{f,\,g} \; -\ln p(x \mid z), \qquad z = f(x), \qquad \text{where } g(z) \text{ are the parameters of } p.$$
//
// It compresses. Can it also *draw*? This notebook trains one with codes of two numbers, so that we can look at all of them, sees it
// fail, and then changes one choice.

var all = DataSources.Load("digits", new DataOptions(Limit: 10000));
var data = all with { Test = all.Test.Take([.. Enumerable.Range(0, 3000)]) };
Displays.Show(data, "01-autoencoder-to-vae-data");

Displays.Show(RunPictures.Sheet(data.Test, 36), "01-autoencoder-to-vae-digits");

// ## The autoencoder
//
// For this library it is the model whose posterior is a *point*: the encoder gives one code and no distribution around it. What is
// minimized is the reconstruction alone.

var autoencoder = Zoo.Burda(data.Train.Shape, latent: 2, hidden: 128).With(posterior: Posteriors.Point);
Displays.Show(autoencoder, "01-autoencoder-to-vae-spec");

Candidate Trained(string group, VaeSpec model, Objective objective, ulong seed)
{
    var recipe = Recipes.Default(model, "digits", epochs: 8, seed);
    // Below the usual rate: codes that no prior holds run away at a higher one.
    var experiment = recipe.With(objective: objective, train: recipe.Train.With(
        learningRate: Schedules.Cosine(3e-3, 0, epochs: 8), initialization: Initializations.LeCun));
    var run = Directory.CreateTempSubdirectory("vae-").FullName;
    Trainer.Train(experiment, data, new RunOptions(run), seed == 1 ? new ProgressLines() : null);
    return new(group, group, seed, RunFolder.Open(run).LoadModel(), Binarizations.None);
}

var point = Trained("autoencoder", autoencoder, Objectives.Reconstruction, seed: 1);

// ## Where the codes are
//
// Each point is the code of a test digit, coloured by its class. Nobody told the encoder the classes: what looks alike lies together.
// But look at the axes, and at the space between.

Displays.Show(LatentPictures.Scatter(point.Model, data.Test, Binarizations.None), "01-autoencoder-to-vae-scatter");

// ## Drawing fails
//
// To draw a new digit we need a new code. From which distribution? The training has named none. Two guesses: the standard normal
// $\mathcal N(0, I)$, and the uniform distribution on the smallest box that holds all codes.

float[] Drawn(Candidate model, NdArray codes) => Comparisons.Decode(model, codes, data.Test);

var normal = Normals.Draws(60, 2, KeyedRandom.FromSeed(1));
Displays.Show(Pictures.Grid(Drawn(point, normal), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-normal");

var box = Comparisons.Uniform(Comparisons.Codes(point, data.Test), 60, seed: 1);
Displays.Show(Pictures.Grid(Drawn(point, box), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-uniform");

// The first guess reaches a corner of the cloud: some digits never come, and beside the cloud the decoder, which was never asked for
// anything there, answers with smears, even with white ones. The second finds more digits, but much of the box is as empty.
//
// ## Another seed, another cloud
//
// Could we measure the cloud once, and draw from that? Only for this one training: nothing in the objective depends on where the codes
// lie. Any map of the plane that the decoder can undo gives the same loss, and the initial weights decide which one comes out. The
// same networks on the same data, with three seeds; the circle holds 95 % of $\mathcal N(0, I)$.

Candidate[] points = [point, .. new ulong[] { 2, 3 }.Select(seed => Trained("autoencoder", autoencoder, Objectives.Reconstruction, seed))];
Picture Clouds(Candidate[] models) => ComparisonPictures.Of(models, data.Test).Single(figure => figure.Title.Contains("other initial")).Picture;

Displays.Show(Clouds(points), "01-autoencoder-to-vae-seeds");

// In numbers: how far the mean of the codes is from 0, the variance of both dimensions, and the maximum mean discrepancy (Gretton et al. 2012) between the codes and as
// many draws from $\mathcal N(0, I)$, which is near 0 where the two could not be told apart.

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

// ## The answer: one other choice
//
// Keep both networks. Let the encoder say *about where* the code is, a normal $q(z|x) = \mathcal N(\mu(x), \operatorname{diag}\sigma^2(x))$,
// and charge for what it says, by its divergence from a distribution $p(z) = \mathcal N(0, I)$ that is fixed beforehand:
//
// $$\ln p(x) \;\ge\; \underbrace{\mathbb E_{q(z|x)} \ln p(x|z)}_{\text{reconstruction}} \;-\; \underbrace{\mathrm{KL}\big(q(z|x) \,\Vert\, p(z)\big)}_{\text{price of the code}} \;=\; \mathrm{ELBO}.$$
//
// The noise of $q$ makes neighbouring codes decode to similar pictures, since each may be drawn for the other's picture. The KL holds
// all of them together around 0. And the two together are a lower bound on the evidence $\ln p(x)$ of a model from which one can
// draw: first $z$ from $p(z)$, then $x$ from $p(x|z)$ (Kingma & Welling 2014).

var variational = autoencoder.With(posterior: Posteriors.DiagonalNormal);
var normals = new ulong[] { 1, 2, 3 }.Select(seed => Trained("VAE", variational, Objectives.Elbo, seed)).ToArray();
var vae = normals[0];

Displays.Show(LatentPictures.Scatter(vae.Model, data.Test, Binarizations.None), "01-autoencoder-to-vae-scatter-vae");

// The classes now share one disc without large gaps. It is turned and mirrored from seed to seed, for $\mathcal N(0, I)$ is the same
// from all sides; its place, size and roundness are not left to chance:

Displays.Show(Clouds(normals), "01-autoencoder-to-vae-seeds-vae");

Describe(normals);

// ## Now it draws
//
// The plane itself, cut into steps of equal probability under $p(z)$: each picture stands for as much of the prior as any other.

Displays.Show(LatentPictures.Manifold(vae.Model, side: 20), "01-autoencoder-to-vae-manifold-vae");

// The same draws from $\mathcal N(0, I)$ that failed above:

Displays.Show(Pictures.Grid(Drawn(vae, normal), data.Test.Shape, columns: 15), "01-autoencoder-to-vae-draws-vae");

// ## Between two digits
//
// A straight line from the code of one test digit to that of another. The outermost pictures are the digits themselves. In a plane
// the way leads past other digits: for the VAE, a 7 becomes a 5 by way of a 9.

Candidate[] pair = [point, vae];
Displays.Show(ComparisonPictures.Of(pair, data.Test).Single(figure => figure.Title.StartsWith("Straight")).Picture, "01-autoencoder-to-vae-lines");

// ## All in one table
//
// `Comparisons` holds both kinds against each other; here are means over the three seeds. A classifier that is trained on the training
// set judges the draws: the *Fréchet distance* says how far they are, in what the classifier sees, from real digits. At the right
// stands what real test digits reach.

// Few examples are enough to train this judge.
var judged = data with { Train = data.Train.Take([.. Enumerable.Range(0, 3000)]) };
var comparison = Comparisons.Run([.. points, .. normals], judged, new ComparisonOptions(Draws: 500, Codes: 1000, Paths: 20));
string[] rows =
[
    "reconstruction, nats", "KL to the prior, nats", "−ELBO, nats", "maximum mean discrepancy to N(0, I)",
    "distance of clouds between seeds", "uniform draws: Fréchet distance", "N(0, I) draws: Fréchet distance",
];
Console.WriteLine($"{"",-38}{"autoencoder",12}{"VAE",8}{"real",8}");
foreach (var row in rows)
{
    var figure = comparison.Metrics.Single(figure => figure.Name == row);
    var cells = figure.Groups.Select(of => of is null ? "—" : $"{of.Mean:0.0}").ToArray();
    Console.WriteLine($"{row,-38}{cells[0],12}{cells[1],8}{figure.Real,8:0.0}");
}

// What is gained is order. The codes have a distribution that is known before the training begins, it is the same for each seed, draws
// from it look more like digits, and $-\mathrm{ELBO}$ bounds what a picture costs. After this short training the VAE even reconstructs
// better: held together, its codes stay where the decoder can tell them apart. With long codes and patience an autoencoder will be
// ahead in that, since nothing charges it for precision.

// ## Or a distribution afterwards
//
// What training has not given can be fitted to the codes that it left: here ten normals with full covariances to those of the training
// set (Ghosh et al. 2020), and codes drawn from them.

var fitted = point.Model.Fit(Samplers.Mixture(10), data.Train, seed: 1);
Displays.Show(RunPictures.Samples(fitted, count: 64, seed: 1), "01-autoencoder-to-vae-draws-fitted");

// These are digits too. The mixture knows one cloud, that of one seed; it comes after the training, which therefore did nothing to keep
// the plane between two codes usable; and it says nothing of what a picture costs. `vae sample RUN --sampler mixture:10` does the same,
// and `vae evaluate RUN --metrics samples --sampler mixture:10` measures it.
//
// Two numbers blur every digit; more of them, and draws that one would take for written, are in [06](06-first-steps.ipynb).
// `vae compare --ae-vae` makes this comparison for any data, as a page with pictures.
