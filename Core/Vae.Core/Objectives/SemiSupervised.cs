namespace Vae;

public abstract partial record Objective
{
    /// <summary>
    /// The bound of a model conditioned on a label that only some examples have: a classifier q(y|x) predicts the missing labels,
    /// and p(y) is uniform; M2 of Kingma et al. 2014, eqs. 6 to 9.
    /// </summary>
    /// <param name="Labelled">Number of training examples that keep their label, chosen by the seed, evenly over the classes; ≥ 1.</param>
    /// <param name="ClassifierWeight">The weight of −ln q(y|x) of an example with a label; ≥ 0.</param>
    /// <param name="Classifier">x → a logit for each class.</param>
    /// <param name="LabelledShare">
    /// The least part of a batch that has labels, in [0, 1): where fewer of the examples have one, labelled examples are repeated at less
    /// weight, and the loss has the same mean. With 0 a batch has as many as the shuffle brings.
    /// </param>
    public sealed partial record SemiSupervised(int Labelled, double ClassifierWeight, Network Classifier, double LabelledShare = 0)
        : Objective, IObjectiveCase
    {
        string IPart<IObjective>.Name => $"m2 with {Labelled} labels";

        bool IObjective.SumsOverLabels => true;

        ValueList<Problem> IObjective.Problems(string path) => [
            .. Rules.AtLeast($"{path}.labelled", Labelled, 1), .. Rules.AtLeast($"{path}.classifierWeight", ClassifierWeight, 0),
            .. Rules.Within($"{path}.labelledShare", LabelledShare, 0, 1, closedHigh: false)];

        ValueList<Problem> IObjective.Problems(VaeSpec model, string path) => Rules.If(model.Condition is not Condition.Label, path,
            "m2 needs a model whose condition is a label", model.Condition.GetType().Name.ToLowerInvariant());

        ValueList<Problem> IObjectiveCase.Problems(DataFacts data, string path) => Rules.If(
            Labelled > Math.Max(data.Count, 1), $"{path}.labelled", $"must be at most the {data.Count} training examples", Labelled);

        ValueList<Auxiliary> IObjective.Auxiliaries(VaeSpec model, TrainSpec train) => model.Condition is not Condition.Label label ? [] : [
            new("classifier", "classifier", Classifier, model.Input, label.Classes, train.Optimizer, train.LearningRate,
                InTurn: false, IsKept: true)];

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) => PartialLabels.Loss(
            terms.Reconstruction + terms.Kl + Math.Log(terms.Reconstruction.Dims[0]),
            terms.Batch.Auxiliary(terms.Batch.Examples), terms.Batch.Conditions, ClassifierWeight)
            * Weights(terms.Batch.Conditions, terms.Batch.TrainingExamples);

        /// <summary>The weight of each example of a batch, [B], as <see cref="PartialLabels.Weights"/>.</summary>
        internal T Weights<T>(T labels, long examples) where T : struct, ITensor<T> =>
            PartialLabels.Weights(labels, Labelled / (double)examples, LabelledShare);
    }
}

public static partial class Objectives
{
    private const int ClassifierWidth = 256;

    /// <summary>
    /// M2: semi-supervised learning with a model conditioned on a label; Kingma et al. 2014.
    /// </summary>
    /// <param name="labelled">Number of training examples that keep their label; ≥ 1.</param>
    /// <param name="classifierWeight">The weight of −ln q(y|x) of an example with a label; ≥ 0.</param>
    /// <param name="classifier">x → a logit for each class; one hidden layer of 256 if not given.</param>
    /// <param name="labelledShare">The least part of a batch that has labels, in [0, 1), by repeating labelled examples at less weight.</param>
    public static Objective SemiSupervised(
        int labelled, double classifierWeight, Network? classifier = null, double labelledShare = 0.1) => new Objective.SemiSupervised(
            labelled, classifierWeight, classifier ?? new([Layers.Flatten, Layers.Linear(ClassifierWidth), Layers.Relu], Heads.Dense),
            labelledShare);
}
