namespace Vae;

/// <summary>What <see cref="Objective.SemiSupervised"/> means; p(y) is uniform.</summary>
internal sealed record SemiSupervisedObjective(Objective.SemiSupervised Of) : IObjective
{
    public string Name => $"m2 with {Of.Labelled} labels";

    public bool SumsOverLabels => true;

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.labelled", Of.Labelled, 1), .. Rules.AtLeast($"{path}.classifierWeight", Of.ClassifierWeight, 0)];

    public ValueList<Problem> Problems(VaeSpec model, string path) =>
        Rules.If(model.Condition is not Condition.Label, path, "m2 needs a model whose condition is a label", model.Condition.GetType().Name.ToLowerInvariant());

    public ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => model.Condition is not Condition.Label label ? [] : [new(
        "classifier", "classifier", Of.Classifier, model.Input, label.Classes, train.Optimizer, train.LearningRate, InTurn: false, IsKept: true)];

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => PartialLabels.Loss(
        terms.Reconstruction + terms.Kl + Math.Log(terms.Reconstruction.Dims[0]), terms.Batch.Auxiliary(terms.Batch.Examples), terms.Batch.Conditions, Of.ClassifierWeight);
}
