using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options of <c>vae train</c>, which define an experiment.</summary>
internal sealed partial class TrainChoice
{
    // 4,096 pictures are mixed, and read in pieces of 256.
    private const int DefaultBlocks = 16;

    private readonly Argument<string>? place;

    /// <param name="command">The command.</param>
    /// <param name="place">The argument that may name the data instead of --data; null if the command has none.</param>
    public TrainChoice(Command command, Argument<string>? place = null)
    {
        this.place = place;
        foreach (var option in Deciding)
            command.Add(option);
        Where = new(command);
    }

    /// <summary>The options that locate the data.</summary>
    public DataChoice Where { get; }

    /// <summary>What the last experiment's table was understood to hold; null for other data.</summary>
    public TableInference? Understood { get; private set; }

    /// <summary>The data set of <c>--data</c>; null if not set.</summary>
    public string? Other(ParseResult parsed) => IsSet(parsed, data) ? DataChoice.Source(parsed.GetRequiredValue(data)) : null;

    /// <summary>Names of the options that define the experiment.</summary>
    public IEnumerable<string> Names => Deciding.Select(option => option.Name);

    /// <summary>Checks that none of the named options is set.</summary>
    /// <exception cref="VaeException">One is set; the message says that it must be left out and why.</exception>
    public void RequireNone(ParseResult parsed, IEnumerable<string> names, string why)
    {
        if (Deciding.FirstOrDefault(option => names.Contains(option.Name) && IsSet(parsed, option)) is { } other)
            throw new VaeException($"{other.Name.TrimStart('-')}: must be left out {why}, got one");
    }

    /// <summary>The options that define the experiment.</summary>
    public Option[] Deciding =>
        [
            data, model, likelihood, values, beta, objective, posterior, prior, latent, condition, epochs, batch, shards, rate, optimizer,
            clip, skip, average, binarize, validation, splits, limit, blocks, without, patience, reduce, init, recipe, .. tables.Options,
            Common.Seed,
        ];

    /// <summary>A new experiment with its data.</summary>
    public (Experiment Experiment, DataSplit Data) New(ParseResult parsed)
    {
        var seed = parsed.GetValue(Common.Seed);
        var source = DataChoice.Source(Named(parsed));
        var plan = Table(parsed, source);
        Understood = plan?.Understood;
        var table = plan is { Understood: not null } && Chosen(parsed) is null ? plan.Recipe : null;
        var waits = IsSet(parsed, patience) ? parsed.GetValue(patience) : table is null || IsSet(parsed, epochs) ? 0 : table.Patience;
        var held = IsSet(parsed, validation) || waits == 0 ? parsed.GetValue(validation) : 0.1;
        var family = Chosen(parsed)?.Formulas();
        var spec = new DataSpec(
            source, VaeException.Unwrap(SpecText.Binarization(parsed.GetRequiredValue(binarize))), held, parsed.GetValue(limit),
            ValueList.From(parsed.GetValue(without) ?? []),
            plan is not null || (parsed.GetValue(values) is { } given ? RunText.IsRaw(given) : family is { TakesNumbers: true }),
            plan?.IsMasked ?? family is { TakesMask: true }, plan?.Schema, Rule(parsed), Where.Crops(parsed), plan?.Windows,
            Blocks(parsed, source));
        var split = Where.Load(parsed, spec, seed);
        if (IsSet(parsed, reduce) && !IsSet(parsed, patience))
            throw new VaeException("reduce: needs --patience, the epochs to wait for a better validation bound, got none");
        var made = Model(parsed, split, spec, table);
        return (new(made, Goal(parsed, made, split.Train.Count), spec, Train(parsed, made, table, waits)), split);
    }

    private TrainSpec Train(ParseResult parsed, VaeSpec made, TableRecipe? table, int waits)
    {
        var from = Recipe(parsed);
        var length = table is null || IsSet(parsed, epochs) ? Length(parsed) : table.Epochs;
        return new(
            length, IsSet(parsed, batch) ? parsed.GetValue(batch) : table?.Batch ?? from.Batch, parsed.GetValue(Common.Seed),
            VaeException.Unwrap(SpecText.Optimizer(parsed.GetRequiredValue(optimizer))),
            IsSet(parsed, rate) ? VaeException.Unwrap(SpecText.Schedule(parsed.GetRequiredValue(rate), "lr"))
                : IsSet(parsed, reduce) ? TrainRecipes.ConstantRate(length) : from.LearningRate(length),
            IsSet(parsed, skip) ? Clippings.Skip(parsed.GetValue(skip), Clipping(parsed)) : Clipping(parsed),
            IsSet(parsed, average) ? Averagings.Exponential(parsed.GetValue(average)) : Averagings.None,
            IsSet(parsed, patience) ? Stopping(parsed) : waits > 0 ? Stoppings.Patience(waits) : Stoppings.Never,
            parsed.GetValue(init) is { } start ? VaeException.Unwrap(SpecText.Initialization(start)) : TrainRecipes.Initialization(made),
            parsed.GetValue(shards));
    }

    private Recipe Recipe(ParseResult parsed) => VaeException.Unwrap(TrainRecipes.Find(parsed.GetRequiredValue(recipe)));

    private int Length(ParseResult parsed) => IsSet(parsed, epochs) ? parsed.GetValue(epochs) : Recipe(parsed).Epochs;

    // The data by its place on the line or by --data.
    private string Named(ParseResult parsed)
    {
        if (place is null || parsed.GetValue(place) is not { } named)
            return parsed.GetRequiredValue(data);
        return !IsSet(parsed, data) ? named
            : throw new VaeException($"data: must be named once, got {named} and --data {parsed.GetRequiredValue(data)}");
    }

    private TablePlan? Table(ParseResult parsed, string source)
    {
        var chosen = Chosen(parsed);
        var isRaw = parsed.GetValue(values) is { } given ? RunText.IsRaw(given) : chosen is null || chosen.Formulas().TakesNumbers;
        var isBinarized = IsSet(parsed, binarize) && parsed.GetRequiredValue(binarize) != "none";
        return tables.Plan(parsed, Where.Locate(parsed, source), chosen, !isRaw || isBinarized || Where.AsksForImages(parsed),
            new(SplitRules.By(Rule(parsed)), Blocks(parsed, source)));
    }

    // A file is found from any working directory.
    private SplitRule Rule(ParseResult parsed) =>
        VaeException.Unwrap(SpecText.Split(parsed.GetRequiredValue(splits))) is var rule && SplitRules.By(rule) is { Length: > 0 } by
            && File.Exists(by) ? rule is SplitRule.Given ? SplitRules.Given(Path.GetFullPath(by)) : SplitRules.Grouped(Path.GetFullPath(by))
            : rule;

    private int Blocks(ParseResult parsed, string source) => IsSet(parsed, blocks) ? parsed.GetValue(blocks)
        : TarFolder.IsTar(Where.Locate(parsed, source)) ? DefaultBlocks : 0;

    private Stopping Stopping(ParseResult parsed) => parsed.GetValue(reduce) is { } text
        ? VaeException.Unwrap(SpecText.Reduction(text, parsed.GetValue(patience)))
        : Stoppings.Patience(parsed.GetValue(patience));

    private Clipping Clipping(ParseResult parsed) => IsSet(parsed, clip) ? Clippings.Norm(parsed.GetValue(clip)) : Clippings.None;

    private Objective Goal(ParseResult parsed, VaeSpec spec, long examples)
    {
        var weight = parsed.GetValue(beta) is { } weights ? VaeException.Unwrap(SpecText.Schedule(weights, "beta"))
            : Recipe(parsed).Beta(spec, Length(parsed));
        var goal = parsed.GetValue(objective) is { } text ? VaeException.Unwrap(SpecText.Objective(text, weight, examples))
            : Posteriors.HasDensity(spec.Posterior) ? Objectives.Beta(weight) : Objectives.Reconstruction;
        return goal is not Objective.Reconstruction and not Objective.Regularized { Beta: Schedule.Constant { Value: 0 } }
            || !IsSet(parsed, beta) ? goal
            : throw new VaeException(
                $"beta: must be left out with the objective {Objectives.Name(goal)}, which has no KL to weight, got one");
    }

    /// <summary>The experiment of a run to resume; only the number of epochs and the learning rate may change.</summary>
    /// <exception cref="VaeException">Another option is set, or the run cannot be read.</exception>
    public (Experiment Experiment, DataSplit Data) Resumed(ParseResult parsed, RunFolder folder)
    {
        if (place is not null && parsed.GetValue(place) is { } named)
            throw new VaeException($"data: must stay as the run has it with --resume, got {named}");
        if (Deciding.FirstOrDefault(option => option != epochs && option != rate && IsSet(parsed, option)) is { } other)
            throw new VaeException(
                $"{other.Name.TrimStart('-')}: must be left out with --resume, which allows changes only to --epochs and --lr, got one");
        var saved = folder.Experiment();
        var train = IsSet(parsed, epochs) ? TrainRecipes.Stretched(saved.Train, parsed.GetValue(epochs)) : saved.Train;
        if (IsSet(parsed, rate))
            train = train.With(learningRate: VaeException.Unwrap(SpecText.Schedule(parsed.GetRequiredValue(rate), "lr")));
        else if (train.LearningRate != saved.Train.LearningRate)
            Console.Error.WriteLine($"note: the learning rate now falls to 0 at epoch {train.Epochs}, the new end (--lr sets another)");
        var experiment = saved.With(train: train);
        return (experiment, Where.Load(parsed, folder));
    }

    private VaeSpec Model(ParseResult parsed, DataSplit split, DataSpec spec, TableRecipe? table)
    {
        var name = parsed.GetRequiredValue(model);
        var binary = spec.Binarization is not Binarization.None || split.Train.Pixels.IsBinary;
        var fromFile = IsFile(name);
        var found = fromFile ? ModelFiles.Read(name)
            : spec.Windows.IsUsed && Zoo.WindowNames.Contains(name) ? VaeException.Unwrap(Zoo.FindForWindows(
                name, split.Train.Shape, spec.Windows.Steps, Likelihoods.OfTable(spec.Schema, spec.Masked), table?.Latent ?? 0))
            : table is not null && !IsSet(parsed, model) ? Zoo.Mlp(split.Train.Shape, table.Latent, table.Hidden)
            : VaeException.Unwrap(Zoo.Find(name, split.Train.Shape));
        // The named model distributes the latent dimensions among its stochastic layers.
        if (!fromFile && found.Posterior is Posterior.Hierarchical && IsSet(parsed, latent))
            found = VaeException.Unwrap(Zoo.Find(name, split.Train.Shape, parsed.GetValue(latent)));
        var family = parsed.GetValue(posterior) is { } q ? VaeException.Unwrap(SpecText.Posterior(q)) : found.Posterior;
        // A spherical or discrete posterior does not fit the normal prior of the named models.
        var fitting = found.Prior is Prior.StandardNormal or Prior.Hierarchical ? Priors.Default(family) : found.Prior;
        return found.With(
            latent: IsSet(parsed, latent) ? parsed.GetValue(latent) : null,
            likelihood: IsSet(parsed, likelihood)
                ? Likelihoods.Standardized(
                    VaeException.Unwrap(SpecText.Likelihood(parsed.GetRequiredValue(likelihood))), split.Train.Facts())
                : fromFile ? null : table is not null ? Likelihoods.OfTable(spec.Schema, spec.Masked)
                : binary ? Likelihoods.Bernoulli : Likelihoods.CrossEntropy,
            posterior: family,
            prior: parsed.GetValue(prior) is { } p ? HierarchicalPrior(family, VaeException.Unwrap(SpecText.Prior(p, family)))
                : IsSet(parsed, posterior) ? fitting : null,
            condition: parsed.GetValue(condition) is { } c
                ? VaeException.Unwrap(SpecText.Condition(c, split.Train.Facts(), split.Train.Name)) : null);
    }

    // In a hierarchical model, the prior is that of the top stochastic layer.
    private static Prior HierarchicalPrior(Posterior posterior, Prior prior) =>
        posterior is Posterior.Hierarchical hierarchical ? Priors.Hierarchical(hierarchical.Hierarchy, prior) : prior;

    // The likelihood of the command line or the model file; null if it follows from the data.
    private Likelihood? Chosen(ParseResult parsed) =>
        IsSet(parsed, likelihood) ? VaeException.Unwrap(SpecText.Likelihood(parsed.GetRequiredValue(likelihood)))
        : parsed.GetRequiredValue(model) is var name && IsFile(name) ? ModelFiles.Read(name).Likelihood : null;

    private static bool IsFile(string model) => model.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
