// 03-conditional.ipynb as a program: dotnet run 03-conditional.cs
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

// # Models with a condition
//
// Often something is known about a picture before it is drawn: the digit that it should show, or a part of it. A **conditional VAE**
// is told this as $c$ on both sides, in the encoder $q(z|x,c)$ and in the decoder $p(x|z,c)$ (Sohn et al. 2015):
//
// $$\ln p(x|c) \;\ge\; \mathbb E_{q(z|x,c)} \ln p(x|z,c) \;-\; \mathrm{KL}\big(q(z|x,c) \,\Vert\, p(z)\big).$$
//
// What $c$ says, $z$ need not say again. This notebook looks at what is left for it.

var all = DataSources.Load("digits", new DataOptions(Limit: 10000));
var data = all with { Test = all.Test.Take([.. Enumerable.Range(0, 3000)]) };
Displays.Show(data, "03-conditional-data");

// ## The label as condition
//
// The condition is one more choice of a model. The label enters both networks as ten numbers, a single one of them 1. Codes have two
// numbers, so that we can look at all of them.

var plain = Zoo.Burda(data.Train.Shape, latent: 2, hidden: 128);
var labelled = plain.With(condition: Conditions.Label(10));
Displays.Show(labelled, "03-conditional-models");

VaeModel Trained(VaeSpec model, int epochs)
{
    var run = Directory.CreateTempSubdirectory("vae-").FullName;
    var recipe = Recipes.Default(model, "digits", epochs);
    Trainer.Train(recipe.With(train: recipe.Train.With(initialization: Initializations.LeCun)), data, new RunOptions(run), new ProgressLines());
    return RunFolder.Open(run).LoadModel();
}

Evaluator On(VaeModel model) => new(model, data.Test, Binarizations.None);

var without = Trained(plain, epochs: 8);

var with = Trained(labelled, epochs: 8);

// ## What is the label worth?
//
// Between the true distributions the mean of $\ln p(x|c) - \ln p(x)$ is the mutual information of picture and label, which is at most
// the entropy of the label, $\ln 10 = 2.3$ nats. A gain beyond that is what a code of two numbers could not say before, having had to
// name the digit as well.

foreach (var (name, model) in new[] { ("without the label", without), ("with the label", with) })
{
    var terms = On(model).Terms();
    Console.WriteLine($"{name,-18} −ELBO {terms.NegElbo:0.0} = reconstruction {terms.Reconstruction:0.0} + KL {terms.Kl:0.0}");
}

// ## What is left for the code
//
// The codes of the test set, without the label and then with it. The first model sorts the plane by digits. The second need not: each
// class has the whole plane for itself, and a point says *how* a digit is written and not *which*.

Displays.Show(LatentPictures.Scatter(without, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-plain");

Displays.Show(LatentPictures.Scatter(with, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-labelled");

// ## One code, ten digits
//
// A row for each label; along a column the code $z \sim p(z)$ is the same. What stays along a column is the style.

Displays.Show(LatentPictures.ClassSheet(with, columns: 14, seed: 3), "03-conditional-class-sheet");

// The whole plane of one digit, in steps of equal probability:

Displays.Show(LatentPictures.Manifold(with, side: 12, label: 2), "03-conditional-plane");

// ## How much is the condition used?
//
// A decoder that is strong enough may ignore what it is told. The test: shuffle the conditions among the examples, and see how much
// the bound loses. Near 0 would mean that nobody listens.

Console.WriteLine($"a label of another example costs {On(with).ConditionDrop():0.0} nats");

// ## The style of one digit for all others
//
// Encode a digit with its label, keep $z$, and decode it with each of the ten labels. Two numbers are a coarse style; for this we
// allow eight.

var styles = Trained(labelled.With(latent: 8), epochs: 8);

// At the left the digit that was encoded: slant, width and weight of its stroke go with it. Where a label has no such style, as the 1 is
// never as wide as a 2, the decoder is asked for what it has not seen, and it shows.

var labels = data.Test.Labels.ToArray();
int[] oneOfEach = [.. Enumerable.Range(0, 10).Select(label => Array.IndexOf(labels, label))];

Picture Transfer(VaeModel model, int[] examples)
{
    var from = data.Test.Take(examples);
    var originals = new float[from.Count * from.ItemSize];
    from.Pixels.CopyTo(0, originals);
    var z = new Evaluator(model, from, Binarizations.None).Encode().Means.ToArray().Chunk(model.Spec.Latent);
    double[] codes = [.. z.SelectMany(code => Enumerable.Repeat(code, 10)).SelectMany(code => code)];
    var like = data.Test.Take([.. examples.SelectMany(_ => oneOfEach)]);
    var decoded = Comparisons.Decode(new("", "", 1, model, Binarizations.None), NdArray.FromValues(codes, like.Count, model.Spec.Latent), like);
    float[] rows = [.. originals.Chunk(from.ItemSize).Zip(decoded.Chunk(10 * from.ItemSize)).SelectMany(row => row.First.Concat(row.Second))];
    return Pictures.Grid(rows, from.Shape, columns: 11, columnNames: ["from", .. Enumerable.Range(0, 10).Select(label => $"to {label}")]);
}

Displays.Show(Transfer(styles, [0, 1, 2, 3, 4, 5, 6, 7]), "03-conditional-transfer");

// ## A prior that knows the label
//
// So far $z$ is drawn alike for all labels, from $\mathcal N(0, I)$. A network can instead learn where the codes of each label are,
//
// $$p(z|c) = \mathcal N\big(\mu(c), \operatorname{diag}\sigma^2(c)\big),$$
//
// and the KL is then the divergence from that. It is one more choice of the model.

var withPrior = Trained(labelled.With(prior: Zoo.ConditionalPrior(hidden: 32)), epochs: 8);

Displays.Show(LatentPictures.Scatter(withPrior, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-prior");

var learned = On(withPrior).Terms();
Console.WriteLine($"−ELBO {learned.NegElbo:0.0} = reconstruction {learned.Reconstruction:0.0} + KL {learned.Kl:0.0}");

// The 1, which is written most unlike the others, has moved to a place of its own, and the bound gains nothing by it: the decoder hears
// the label anyway, and can give each of them the whole plane.

// ## A part of the picture as condition
//
// The condition may be a picture as well. Here it is the lower left quadrant; the other three are to be drawn. Several digits may
// fit, so $p(x|c)$ has several modes, and this is what $z$ is for. A learned prior has its place here: how a digit may go
// on depends on how it begins.

var quadrants = Trained(Zoo.Quadrants(data.Train.Shape, observed: 1, latent: 16, hidden: 128), epochs: 5);

// A row for each of the first test digits: what the model is shown, seven draws from $p(x|c)$, and at the right the truth.

Displays.Show(RunPictures.Completions(quadrants, data.Test, Binarizations.None, rows: 8, draws: 7, seed: 1), "03-conditional-completions");

// The same network without a code has one answer, the mean of all that might be there; seven draws are seven times the same.

var baseline = Trained(Zoo.QuadrantsBaseline(data.Train.Shape, observed: 1, hidden: 128), epochs: 5);

Displays.Show(RunPictures.Completions(baseline, data.Test, Binarizations.None, rows: 4, draws: 7, seed: 1), "03-conditional-completions-baseline");

Console.WriteLine($"nats for the three quadrants: with a code at most {On(quadrants).Terms().NegElbo:0.0}, without {On(baseline).Terms().Criterion:0.0}");

// With a code the number is an upper bound of the cost, and still lower than the exact cost without. `vae train --condition` gives any of these models
// its condition in the command line.
