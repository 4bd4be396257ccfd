namespace Vae;

/// <summary>
/// Reads values that are written in one line, such as <c>masked:normal:learned</c> or <c>linear:0:1:5</c>. Numbers are written as in C#
/// in every culture. A text that has none of the forms gives one <see cref="Problem"/> that lists them. Whether a value fits a model and
/// its data is checked by <see cref="Specs.Problems(Experiment, DataFacts)"/>.
/// </summary>
public static class SpecText
{
    /// <summary>Every grammar, for help texts and references.</summary>
    internal static ValueList<TextGrammar> Grammars { get; } = [
        LikelihoodGrammar.Grammar, PosteriorGrammar.Grammar, PriorGrammar.Grammar, ConditionGrammar.Grammar, ObjectiveGrammar.Grammar,
        ScheduleGrammar.Grammar, OptimizerGrammar.Grammar, ReductionGrammar.Grammar, BinarizationGrammar.Grammar, SamplerGrammar.Grammar,
        InitializationGrammar.Grammar, SplitGrammar.Grammar];

    /// <summary>The grammar of a kind of value.</summary>
    /// <param name="name">The kind, as in <c>likelihood</c>.</param>
    /// <exception cref="ArgumentException">There is no grammar of that name.</exception>
    internal static TextGrammar Grammar(string name) => Grammars.FirstOrDefault(grammar => grammar.Name == name)
        ?? throw new ArgumentException(
            $"name: must be one of {string.Join(", ", Grammars.Select(grammar => grammar.Name))}, got {name}", nameof(name));

    /// <summary>Reads a likelihood, as in <c>normal:learned</c>.</summary>
    /// <param name="text">The line.</param>
    /// <example>
    /// <code>
    /// var likelihood = SpecText.Likelihood("normal:learned").Match(read => read, problems => Likelihoods.CrossEntropy);
    /// </code>
    /// </example>
    public static Validated<Likelihood> Likelihood(string text) =>
        LikelihoodGrammar.Grammar.Result(text, LikelihoodGrammar.Read(text.Split(':')));

    /// <summary>What columns of a table hold, as in <c>age=continuous,job=categorical+other,zip=ignore</c>.</summary>
    public static Validated<ValueList<ColumnChoice>> Columns(string text) => ColumnChoiceGrammar.Read(text);

    /// <summary>Reads a posterior, as in <c>flow:iaf:4</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<Posterior> Posterior(string text) =>
        PosteriorGrammar.Grammar.Result(text, PosteriorGrammar.Read(text.Split(':')));

    /// <summary>Reads a prior, as in <c>vamp:500</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="posterior">The model's posterior, on whose support a prior is uniform or autoregressive.</param>
    public static Validated<Prior> Prior(string text, Posterior posterior) => PriorGrammar.Read(text, posterior);

    /// <summary>Reads a condition, as in <c>label</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="data">Facts of the data: its numbers of classes and of condition values.</param>
    /// <param name="name">The data's name in messages.</param>
    public static Validated<Condition> Condition(string text, DataFacts data, string name) => ConditionGrammar.Read(text, data, name);

    /// <summary>Reads an objective, as in <c>iwae:50:dreg</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="beta">The KL weight β over time, for objectives that have one; ≥ 0.</param>
    /// <param name="examples">The number of training examples, from which <c>m2:LABELS</c> computes its classifier's weight; ≥ 1.</param>
    public static Validated<Objective> Objective(string text, Schedule beta, long examples) =>
        ObjectiveGrammar.Grammar.Result(text, ObjectiveGrammar.Read(text.Split(':'), beta, examples));

    /// <summary>Reads a schedule, as in <c>cosine:1e-3:0:20</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="path">The path of the schedule in problems.</param>
    public static Validated<Schedule> Schedule(string text, string path = "schedule") =>
        ScheduleGrammar.Grammar.Result(text, ScheduleGrammar.Read(text.Split(':')), path);

    /// <summary>Reads an optimizer, as in <c>adamw:0.01</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<Optimizer> Optimizer(string text) =>
        OptimizerGrammar.Grammar.Result(text, OptimizerGrammar.Read(text.Split(':')));

    /// <summary>Reads a reduction of the learning rate on a plateau, as in <c>0.3:2</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="patience">Epochs to wait for an improvement; ≥ 1.</param>
    public static Validated<Stopping> Reduction(string text, int patience) =>
        ReductionGrammar.Grammar.Result(text, ReductionGrammar.Read(text.Split(':'), patience));

    /// <summary>Reads a binarization, as in <c>threshold:0.5</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<Binarization> Binarization(string text) =>
        BinarizationGrammar.Grammar.Result(text, BinarizationGrammar.Read(text.Split(':')));

    /// <summary>Reads a split rule, as in <c>grouped:patient</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<SplitRule> Split(string text) => SplitGrammar.Grammar.Result(text, SplitGrammar.Read(text.Split(':')));

    /// <summary>Reads an initialization, as in <c>glorot+data-bias</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<Initialization> Initialization(string text) =>
        InitializationGrammar.Grammar.Result(text, InitializationGrammar.Read(text.Split('+')));

    /// <summary>Reads a sampler, as in <c>mixture:10</c>.</summary>
    /// <param name="text">The line.</param>
    public static Validated<Sampler> Sampler(string text) => SamplerGrammar.Grammar.Result(text, SamplerGrammar.Read(text.Split(':')));
}
