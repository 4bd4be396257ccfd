namespace Vae;

/// <summary>
/// Reads values that are written in one line, such as <c>masked:normal:learned</c> or <c>linear:0:1:5</c>. Numbers are written as in C#
/// on every machine; a text that has none of the forms gives one <see cref="Problem"/> that lists them. Whether a value that was read makes
/// sense for a model is for <see cref="Specs.Problems(Experiment, DataFacts)"/> to say.
/// </summary>
public static class SpecText
{
    /// <summary>Every grammar, for help texts and references.</summary>
    public static ValueList<TextGrammar> Grammars { get; } = [
        LikelihoodGrammar.Grammar, PosteriorGrammar.Grammar, PriorGrammar.Grammar, ConditionGrammar.Grammar, ObjectiveGrammar.Grammar,
        ScheduleGrammar.Grammar, OptimizerGrammar.Grammar, ReductionGrammar.Grammar, BinarizationGrammar.Grammar, SamplerGrammar.Grammar];

    /// <summary>The grammar of a name, as in <c>likelihood</c>.</summary>
    /// <exception cref="ArgumentException">There is no grammar of that name.</exception>
    public static TextGrammar Grammar(string name) => Grammars.FirstOrDefault(grammar => grammar.Name == name)
        ?? throw new ArgumentException(
            $"name: must be one of {string.Join(", ", Grammars.Select(grammar => grammar.Name))}, got {name}", nameof(name));

    /// <summary>A likelihood, as in <c>normal:learned</c>.</summary>
    public static Validated<Likelihood> Likelihood(string text) =>
        LikelihoodGrammar.Grammar.Result(text, LikelihoodGrammar.Read(text.Split(':')));

    /// <summary>What columns of a table hold, as in <c>age=continuous,job=categorical+other,zip=ignore</c>.</summary>
    public static Validated<ValueList<ColumnChoice>> Columns(string text) => ColumnChoiceGrammar.Read(text);

    /// <summary>A posterior, as in <c>flow:iaf:4</c>.</summary>
    public static Validated<Posterior> Posterior(string text) =>
        PosteriorGrammar.Grammar.Result(text, PosteriorGrammar.Read(text.Split(':')));

    /// <summary>A prior, as in <c>vamp:500</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="posterior">The model's posterior, which decides over what a prior is uniform or autoregressive.</param>
    public static Validated<Prior> Prior(string text, Posterior posterior) => PriorGrammar.Read(text, posterior);

    /// <summary>A condition, as in <c>label</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="data">Facts of the data, which decide the number of classes and of condition values.</param>
    /// <param name="name">The data's name, for the message where it has no such condition.</param>
    public static Validated<Condition> Condition(string text, DataFacts data, string name) => ConditionGrammar.Read(text, data, name);

    /// <summary>An objective, as in <c>iwae:50:dreg</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="beta">The KL weight of objectives that have one.</param>
    /// <param name="examples">The number of training examples, by which <c>m2:LABELS</c> weighs its classifier.</param>
    public static Validated<Objective> Objective(string text, Schedule beta, long examples) =>
        ObjectiveGrammar.Grammar.Result(text, ObjectiveGrammar.Read(text.Split(':'), beta, examples));

    /// <summary>A schedule, as in <c>cosine:1e-3:0:20</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="path">What the schedule is for, as problems name it.</param>
    public static Validated<Schedule> Schedule(string text, string path = "schedule") =>
        ScheduleGrammar.Grammar.Result(text, ScheduleGrammar.Read(text.Split(':')), path);

    /// <summary>An optimizer, as in <c>adamw:0.01</c>.</summary>
    public static Validated<Optimizer> Optimizer(string text) =>
        OptimizerGrammar.Grammar.Result(text, OptimizerGrammar.Read(text.Split(':')));

    /// <summary>A learning rate that is reduced on a plateau, as in <c>0.3:2</c>.</summary>
    /// <param name="text">The line.</param>
    /// <param name="patience">Epochs to wait for an improvement; at least 1.</param>
    public static Validated<Stopping> Reduction(string text, int patience) =>
        ReductionGrammar.Grammar.Result(text, ReductionGrammar.Read(text.Split(':'), patience));

    /// <summary>A binarization, as in <c>threshold:0.5</c>.</summary>
    public static Validated<Binarization> Binarization(string text) =>
        BinarizationGrammar.Grammar.Result(text, BinarizationGrammar.Read(text.Split(':')));

    /// <summary>A sampler, as in <c>mixture:10</c>.</summary>
    public static Validated<Sampler> Sampler(string text) => SamplerGrammar.Grammar.Result(text, SamplerGrammar.Read(text.Split(':')));
}
