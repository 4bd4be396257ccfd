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

// # Conditional models
//
// Often something is known about an image before it is generated: which digit it shows, or a part of it. A **conditional VAE** is
// conditioned on this knowledge, $c$, both in the encoder $q(z|x,c)$ and in the decoder $p(x|z,c)$ (Sohn et al. 2015):
//
// $$\ln p(x|c) \;\ge\; \mathbb E_{q(z|x,c)} \ln p(x|z,c) \;-\; \mathrm{KL}\big(q(z|x,c) \,\Vert\, p(z)\big).$$
//
// Information that is in $c$ need not be in $z$. This notebook looks at what $z$ encodes instead.

var all = DataSources.Load("digits", new DataOptions(Limit: 10000));
var data = all with { Test = all.Test.Take([.. Enumerable.Range(0, 3000)]) };
Displays.Show(data, "03-conditional-data");

// ## Conditioning on the label
//
// The condition is one choice among those that make up a model. The label enters both networks as a one-hot vector of ten values. Codes
// have two dimensions, so that all of them can be plotted.

var plain = Zoo.Burda(data.Train.Shape, latent: 2, hidden: 128);
var labelled = plain.With(condition: Conditions.Label(10));
Displays.Show(labelled, "03-conditional-models");

VaeModel Trained(VaeSpec model, int epochs)
{
    var run = Directory.CreateTempSubdirectory("vae-").FullName;
    var recipe = TrainRecipes.Default(model, "digits", epochs);
    Trainer.Train(recipe.With(train: recipe.Train.With(initialization: Initializations.LeCun)), data, new RunOptions(run), new ProgressLines());
    return RunFolder.Open(run).LoadModel();
}

Evaluator On(VaeModel model) => new(model, data.Test, Binarizations.None);

var without = Trained(plain, epochs: 8);

var with = Trained(labelled, epochs: 8);

// ## What is the label worth?
//
// For the true distributions, the mean of $\ln p(x|c) - \ln p(x)$ is the mutual information of image and label, which is at most the
// entropy of the label, $\ln 10 = 2.3$ nats. Any gain beyond that comes from the two-dimensional code, which no longer has to encode the
// class and can describe other properties of the image.

foreach (var (name, model) in new[] { ("without the label", without), ("with the label", with) })
{
    var terms = On(model).Terms();
    Console.WriteLine($"{name,-18} −ELBO {terms.NegElbo:0.0} = reconstruction {terms.Reconstruction:0.0} + KL {terms.Kl:0.0}");
}

// ## What is left for the code
//
// The codes of the test set, without the label and then with it. The first model arranges the plane by class. The second does not need
// to: each class can use the whole plane, and a code describes *how* a digit is written, not *which* digit it is.

Displays.Show(LatentPictures.Scatter(without, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-plain");

Displays.Show(LatentPictures.Scatter(with, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-labelled");

// ## One code, ten digits
//
// Each row is a label; the code $z \sim p(z)$ is the same within a column. What stays the same within a column is the style.

Displays.Show(LatentPictures.ClassSheet(with, columns: 14, seed: 3), "03-conditional-class-sheet");

// The latent plane of one class, on a grid of equal probability under the prior:

Displays.Show(LatentPictures.Manifold(with, side: 12, label: 2), "03-conditional-plane");

// ## How much is the condition used?
//
// A sufficiently powerful decoder may ignore the condition. To test this, shuffle the conditions among the examples and measure how much
// the bound decreases. A value near 0 would mean that the model ignores the condition.

Console.WriteLine($"a label of another example costs {On(with).ConditionDrop():0.0} nats");

// ## Transferring the style of a digit
//
// Encode a digit with its label, keep $z$, and decode it with each of the ten labels. Two dimensions describe style only coarsely; here
// we use eight.

var styles = Trained(labelled.With(latent: 8), epochs: 8);

// The first column is the encoded digit: slant, width and stroke weight are transferred. For combinations that the training data do not
// contain, such as a 1 as wide as a 2, the decoder extrapolates, and the quality is visibly lower.

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
    var decoded = new Evaluator(model, like, Binarizations.None).Decode(NdArray.FromValues(codes, like.Count, model.Spec.Latent));
    float[] rows = [.. originals.Chunk(from.ItemSize).Zip(decoded.Chunk(10 * from.ItemSize)).SelectMany(row => row.First.Concat(row.Second))];
    return Pictures.Grid(rows, from.Shape, columns: 11, columnNames: ["from", .. Enumerable.Range(0, 10).Select(label => $"to {label}")]);
}

Displays.Show(Transfer(styles, [0, 1, 2, 3, 4, 5, 6, 7]), "03-conditional-transfer");

// ## A conditional prior
//
// So far $z$ has the same prior $\mathcal N(0, I)$ for every label. A network can learn the distribution of codes for each label instead,
//
// $$p(z|c) = \mathcal N\big(\mu(c), \operatorname{diag}\sigma^2(c)\big),$$
//
// and the KL is then computed with respect to this prior. It is one more choice of the model.

var withPrior = Trained(labelled.With(prior: Zoo.ConditionalPrior(hidden: 32)), epochs: 8);

Displays.Show(LatentPictures.Scatter(withPrior, data.Test, Binarizations.None, limit: 3000), "03-conditional-scatter-prior");

var learned = On(withPrior).Terms();
Console.WriteLine($"−ELBO {learned.NegElbo:0.0} = reconstruction {learned.Reconstruction:0.0} + KL {learned.Kl:0.0}");

// The class 1, whose style differs most from the others, has moved to a region of its own. The bound does not improve: the decoder is
// conditioned on the label anyway, and each class can already use the whole plane.

// ## Conditioning on a part of the image
//
// The condition may also be an image. Here it is the lower left quadrant, and the model generates the other three. Several digits may be
// consistent with it, so $p(x|c)$ has several modes, which $z$ represents. A conditional prior is useful here: how a digit continues
// depends on the observed quadrant.

var quadrants = Trained(Zoo.Quadrants(data.Train.Shape, observed: 1, latent: 16, hidden: 128), epochs: 5);

// Each row is a test digit: the observed quadrant, seven samples from $p(x|c)$, and the original.

Displays.Show(RunPictures.Completions(quadrants, data.Test, Binarizations.None, rows: 8, draws: 7, seed: 1), "03-conditional-completions");

// The same network without a latent code gives one answer, the mean over all completions; its seven samples are identical.

var baseline = Trained(Zoo.QuadrantsBaseline(data.Train.Shape, observed: 1, hidden: 128), epochs: 5);

Displays.Show(RunPictures.Completions(baseline, data.Test, Binarizations.None, rows: 4, draws: 7, seed: 1), "03-conditional-completions-baseline");

Console.WriteLine($"nats for the three quadrants: with a code at most {On(quadrants).Terms().NegElbo:0.0}, without {On(baseline).Terms().Criterion:0.0}");

// With a latent code the value is an upper bound on the negative log-likelihood, and it is still lower than the exact value without one.
// `vae train --condition` trains all of these models from the command line.
