using System.CommandLine;
using System.Globalization;

namespace Vae.Cli;

internal sealed partial class TrainChoice
{
    private const string DefaultData = "digits", DefaultModel = "mlp";

    private readonly Option<string> data = new("--data", "-d")
    {
        Description = DataChoice.Kinds,
        DefaultValueFactory = _ => DefaultData,
    };
    private readonly TableChoice tables = new();
    private readonly Option<string> model = new("--model", "-m")
    {
        Description = $"{string.Join(", ", Zoo.Names)}, for windows {string.Join(", ", Zoo.WindowNames)}, or a .json file as written by vae spec",
        DefaultValueFactory = _ => DefaultModel,
    };
    private readonly Option<string> likelihood = new("--likelihood")
    {
        Description = "p(x|z) (default: for tables that of their columns, for binary data bernoulli, else cross-entropy)",
    };
    private readonly Option<string> values = new("--values")
    {
        Description = "What the numbers of a file are: intensities (in [0, 1], or bytes) or raw "
            + "(default: raw for tables and for likelihoods of counts and columns, else intensities)",
    };
    private readonly Option<string> beta = new("--beta")
    {
        Description = "KL weight β, a number or a schedule (default: the recipe's: 1, after a warm-up for several stochastic layers)",
    };
    private readonly Option<string> objective = new("--objective")
    {
        Description = "What is minimized (default: elbo, or reconstruction with --posterior point)",
    };
    private readonly Option<string> posterior = new("--posterior")
    {
        Description = "Family of q(z|x); point is a plain autoencoder (default: the model's)",
    };
    private readonly Option<string> prior = new("--prior")
    {
        Description = "p(z) (default: the model's, or the one that fits --posterior)",
    };
    private readonly Option<int> latent = new("--latent") { Description = "Number of latent dimensions (default: the model's)" };
    private readonly Option<string> condition = new("--condition")
    {
        Description = "What q(z|x, c) and p(x|z, c) are conditioned on (default: the model's)",
    };
    private readonly Option<int> epochs = new("--epochs", "-e")
    {
        Description = "Passes over the training set; for a table the default follows from its rows",
        DefaultValueFactory = _ => 10,
    };
    private readonly Option<int> batch = new("--batch", "-b")
    {
        Description = "Examples per step; for a table the default follows from its rows",
        DefaultValueFactory = _ => TrainRecipes.Batch,
    };
    private readonly Option<int> shards = new("--shards", "--accumulate")
    {
        Description = "Equal parts of a batch whose gradients are computed apart and added: one after another, so that activations "
            + "take the memory of one part, or by as many processes; --accumulate is the same",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<string> rate = new("--lr")
    {
        Description = "Learning rate, a number or a schedule (default: a short warm-up to "
            + $"{TrainRecipes.PeakRate.ToString(CultureInfo.InvariantCulture)}, then a cosine to 0 over the run)",
    };
    private readonly Option<string> optimizer = new("--optimizer") { Description = "Optimizer", DefaultValueFactory = _ => "adam" };
    private readonly Option<string> init = new("--init")
    {
        Description = "Weights before training (default: glorot+data-bias for tanh, for convolutions with relu and for top-down, else lecun)",
    };
    private readonly Option<string> recipe = new("--recipe")
    {
        Description = $"{string.Join(", ", TrainRecipes.All.Select(each => each.Name))}: "
            + "the epochs, batch, learning rate and KL weight that are not given",
        DefaultValueFactory = _ => TrainRecipes.Short.Name,
    };
    private readonly Option<double> clip = new("--clip") { Description = "Maximum norm of the gradient (default: none)" };
    private readonly Option<double> skip = new("--skip") { Description = "Gradient norm above which a step is skipped (default: none)" };
    private readonly Option<string> reduce = new("--reduce")
    {
        Description = "With --patience: reduce the learning rate instead of stopping; the rate is then constant by default",
    };
    private readonly Option<double> average = new("--ema", "--average")
    {
        Description = "Decay of an exponential moving average (EMA) of the weights (default: none)",
    };
    private readonly Option<string> binarize = new("--binarize")
    {
        Description = "Binarization of intensities",
        DefaultValueFactory = _ => "none",
    };
    private readonly Option<double> validation = new("--validation")
    {
        Description = "Fraction of the training set held out for validation (default: 0, or 0.1 with --patience and for tables)",
    };
    private readonly Option<string> splits = new("--split")
    {
        Description = "How the examples of one file are divided into training, validation and test parts",
        DefaultValueFactory = _ => "shuffled",
    };
    private readonly Option<int> limit = new("--limit") { Description = "Maximum number of training examples (default: all)" };
    private readonly Option<int> blocks = new("--shuffle-blocks")
    {
        Description = "Shuffle by blocks, so that data are read in long pieces: the number of blocks that are mixed at a time; a block is "
            + "256 examples or a row group of a Parquet file (default: 16 for tar files, else 0, which shuffles all examples)",
    };
    private readonly Option<string[]> without = new("--exclude", "--without")
    {
        Description = "Classes to exclude from the data, as in --exclude 3 8",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<int> patience = new("--patience")
    {
        Description = "Stop after this many epochs without a better validation bound (default: never; "
            + "for a table without --epochs it follows from its rows)",
    };
}
