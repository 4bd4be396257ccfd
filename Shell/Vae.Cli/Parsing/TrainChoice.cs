using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options of <c>vae train</c>, made into an experiment.</summary>
internal sealed class TrainChoice
{
    private const string DefaultData = "digits", DefaultModel = "mlp";

    private readonly Option<string> data = new("--data") { Description = "digits (embedded), mnist, fashion-mnist, a folder of images, or a .npy, .npz or .csv file", DefaultValueFactory = _ => DefaultData };
    private readonly Option<string> model = new("--model") { Description = $"{string.Join(", ", Zoo.Names)}, or a .json file as vae spec writes it", DefaultValueFactory = _ => DefaultModel };
    private readonly Option<string> likelihood = new("--likelihood") { Description = "cross-entropy, bernoulli, squared-error, normal or normal:SIGMA (default: bernoulli for binary data, else cross-entropy)" };
    private readonly Option<string> beta = new("--beta") { Description = $"Weight of the divergence: {SpecText.ScheduleForms}", DefaultValueFactory = _ => "1" };
    private readonly Option<string> objective = new("--objective") { Description = $"{ObjectiveText.Forms} (default: elbo, or reconstruction with --posterior point)" };
    private readonly Option<string> posterior = new("--posterior") { Description = "diagonal-normal, or point for a plain autoencoder (default: the model's)" };
    private readonly Option<string> prior = new("--prior") { Description = "standard-normal, or conditional or conditional:WIDTH for a learned p(z|c) with two hidden layers (default: the model's)" };
    private readonly Option<int> latent = new("--latent") { Description = "Length of z (default: the model's)" };
    private readonly Option<string> condition = new("--condition") { Description = $"What q(z|x,c) and p(x|z,c) are told: {SpecText.ConditionForms} (default: the model's)" };
    private readonly Option<int> epochs = new("--epochs") { Description = "Passes over the training set", DefaultValueFactory = _ => 10 };
    private readonly Option<int> batch = new("--batch") { Description = "Examples a step", DefaultValueFactory = _ => Recipes.Batch };
    private readonly Option<string> rate = new("--lr") { Description = $"Learning rate: {SpecText.ScheduleForms} (default: a short warm-up to {Recipes.PeakRate.ToString(CultureInfo.InvariantCulture)}, then a cosine to 0 over the run)" };
    private readonly Option<string> optimizer = new("--optimizer") { Description = "adam, adamw, adamw:DECAY, sgd or sgd:MOMENTUM", DefaultValueFactory = _ => "adam" };
    private readonly Option<double> clip = new("--clip") { Description = "Largest norm of the gradient (default: no limit)" };
    private readonly Option<double> average = new("--average") { Description = "Decay of a moving average of the weights (default: none)" };
    private readonly Option<string> binarize = new("--binarize") { Description = "none, threshold, threshold:AT or stochastic (drawn anew each epoch)", DefaultValueFactory = _ => "none" };
    private readonly Option<double> validation = new("--validation") { Description = "Part of the training set held out for validation (default: 0, or 0.1 with --patience)" };
    private readonly Option<int> limit = new("--limit") { Description = "At most this many training examples (default: all)" };
    private readonly Option<int> patience = new("--patience") { Description = "Stop after so many epochs without a better held-out bound (default: never)" };
    private readonly DataChoice where;

    public TrainChoice(Command command)
    {
        foreach (var option in Deciding)
            command.Add(option);
        where = new(command);
    }

    private Option[] Deciding =>
        [data, model, likelihood, beta, objective, posterior, prior, latent, condition, epochs, batch, rate, optimizer, clip, average, binarize, validation, limit, patience, Common.Seed];

    /// <summary>A new experiment with its data.</summary>
    public (Experiment Experiment, DataSplit Data) New(ParseResult parsed)
    {
        var seed = parsed.GetValue(Common.Seed);
        var patient = Given(parsed, patience);
        var held = Given(parsed, validation) || !patient ? parsed.GetValue(validation) : 0.1;
        var spec = new DataSpec(DataChoice.Source(parsed.GetRequiredValue(data)), SpecText.Binarization(parsed.GetRequiredValue(binarize)), held, parsed.GetValue(limit));
        var split = where.Load(parsed, spec, seed);
        var train = new TrainSpec(
            parsed.GetValue(epochs), parsed.GetValue(batch), seed, SpecText.Optimizer(parsed.GetRequiredValue(optimizer)),
            Given(parsed, rate) ? SpecText.Schedule("lr", parsed.GetRequiredValue(rate)) : Recipes.LearningRate(parsed.GetValue(epochs)),
            Given(parsed, clip) ? Clippings.Norm(parsed.GetValue(clip)) : Clippings.None,
            Given(parsed, average) ? Averagings.Exponential(parsed.GetValue(average)) : Averagings.None,
            patient ? Stoppings.Patience(parsed.GetValue(patience)) : Stoppings.Never);
        var made = Model(parsed, split, spec);
        return (new(made, Goal(parsed, made, split.Train.Count), spec, train), split);
    }

    private Objective Goal(ParseResult parsed, VaeSpec spec, long examples)
    {
        var weight = SpecText.Schedule("beta", parsed.GetRequiredValue(beta));
        var goal = parsed.GetValue(objective) is { } text ? ObjectiveText.Parse(text, weight, examples)
            : Posteriors.HasDensity(spec.Posterior) ? Objectives.Beta(weight) : Objectives.Reconstruction;
        return goal is not Objective.Reconstruction and not Objective.Regularized { Beta: Schedule.Constant { Value: 0 } } || !Given(parsed, beta) ? goal
            : throw new VaeException($"beta: must be left out with the objective {Objectives.Name(goal)}, which has no divergence to weigh, got one");
    }

    /// <summary>The experiment of a run to go on with; only the number of epochs and the learning rate may change.</summary>
    public (Experiment Experiment, DataSplit Data) Resumed(ParseResult parsed, RunFolder folder)
    {
        if (Deciding.FirstOrDefault(option => option != epochs && option != rate && Given(parsed, option)) is { } other)
            throw new VaeException($"{other.Name.TrimStart('-')}: must stay as the run has it (with --resume only --epochs and --lr may change what is trained), got another");
        var saved = folder.Experiment();
        var experiment = saved.With(train: saved.Train.With(
            epochs: Given(parsed, epochs) ? parsed.GetValue(epochs) : null,
            learningRate: Given(parsed, rate) ? SpecText.Schedule("lr", parsed.GetRequiredValue(rate)) : null));
        return (experiment, where.Load(parsed, experiment));
    }

    private VaeSpec Model(ParseResult parsed, DataSplit split, DataSpec spec)
    {
        var name = parsed.GetRequiredValue(model);
        var binary = spec.Binarization is not Binarization.None || split.Train.Pixels.IsBinary;
        var fromFile = name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var found = fromFile ? ModelFiles.Read(name) : VaeException.Unwrap(Zoo.Find(name, split.Train.Shape));
        return found.With(
            latent: Given(parsed, latent) ? parsed.GetValue(latent) : null,
            likelihood: Given(parsed, likelihood) ? SpecText.Likelihood(parsed.GetRequiredValue(likelihood))
                : fromFile ? null : binary ? Likelihoods.Bernoulli : Likelihoods.CrossEntropy,
            posterior: parsed.GetValue(posterior) is { } q ? SpecText.Posterior(q) : null,
            prior: parsed.GetValue(prior) is { } p ? SpecText.Prior(p) : null,
            condition: parsed.GetValue(condition) is { } c ? SpecText.Condition(c, split.Train) : null);
    }

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
