namespace Vae.Torch;

/// <summary>The loss of a batch as a graph, and its derivatives.</summary>
internal sealed class RecordedLoss
{
    private readonly VaeSpec spec;
    private readonly IObjective formulas;
    private readonly Traced x;
    private readonly Traced? condition;
    private readonly double beta;
    private readonly long examples;
    private readonly Traced loss;
    private readonly Traced? encoderLoss;

    /// <summary>Records a model's loss for a batch of some size.</summary>
    /// <exception cref="NotRecordedException">A formula cannot be recorded.</exception>
    public RecordedLoss(VaeSpec spec, Objective objective, int batch, long examples)
    {
        (this.spec, formulas, this.examples, Inputs) = (spec, objective.Formulas(), examples, new(spec));
        // A β that is always 1 changes the formula; any other is a value of the step.
        beta = objective is Objective.ImportanceWeighted { Beta: Schedule.Constant { Value: 1 } } or Objective.Custom ? 1 : double.NaN;
        x = Inputs.Given(StepNames.X, false, [batch, .. spec.Input.Dims]);
        condition = Wiring.ConditionWidth(spec) is var width and > 0 ? Inputs.Given(StepNames.Condition, false, batch, width) : null;
        var networks = new TracedNetworks(Inputs);
        var (pass, terms) = Terms(networks, PassFor.All);
        if (formulas.EncoderLoss(terms) is not null)
        {
            var (again, own) = Terms(networks, PassFor.Encoder);
            encoderLoss = Penalized(again, formulas.EncoderLoss(own)!.Value);
            (pass, terms) = Terms(networks, PassFor.Rest);
        }
        loss = Penalized(pass, formulas.Loss(terms));
        Updates = ValueList.From(pass.Updates().Select(update => (update.Tensor, Inputs.Graph.Filled(update.Value.Node, update.Value.Dims))));
        Sums = [
            (StepNames.LossSum, Total(loss)), (StepNames.ReconstructionSum, Total(terms.MeanReconstruction)),
            (StepNames.KlSum, Total(terms.Kl))];
    }

    /// <summary>The inputs of the step.</summary>
    public TracedInputs Inputs { get; }

    /// <summary>New values of tensors that are updated without a gradient.</summary>
    public ValueList<(string Tensor, Node Value)> Updates { get; }

    /// <summary>The sums of the loss terms over the batch.</summary>
    public ValueList<(string Name, Node Value)> Sums { get; }

    /// <summary>The derivatives of the mean loss; those by the encoder's weights are of its own loss, if it has one.</summary>
    public Gradients Differentiate()
    {
        var trained = Inputs.Trained.ToList();
        if (encoderLoss is not { } own)
            return Adjoints.Of(Mean(loss), trained.Select(weight => weight.Input), IsTrained);
        var rest = Adjoints.Of(Mean(loss), trained.Where(weight => !TracedNetworks.IsOfEncoder(weight.Tensor)).Select(weight => weight.Input),
            use => IsTrained(use) && !TracedNetworks.IsOfEncoder(use.Name));
        var encoder = Adjoints.Of(Mean(own), trained.Where(weight => TracedNetworks.IsOfEncoder(weight.Tensor)).Select(weight => weight.Input),
            use => IsTrained(use) && TracedNetworks.IsOfEncoder(use.Name));
        return new(rest.Inputs.Concat(encoder.Inputs).ToDictionary(), rest.Networks.Append(encoder.Networks));
    }

    private static bool IsTrained(NetworkUse use) => Uses.Counts(use.Name);

    private (TracedPass Pass, ObjectiveTerms<Traced> Terms) Terms(TracedNetworks networks, PassFor of)
    {
        networks.Pass = of;
        var model = new TracedModel(spec, Inputs, networks, condition);
        var pass = new TracedPass(model, Inputs, x, formulas.Samples);
        Inputs.Graph.Section = $"the loss: {formulas.Name}";
        return (pass, pass.Terms(formulas, beta, 0, new TracedBatch(model, Inputs, pass, x, examples)));
    }

    private static Traced Penalized(TracedPass pass, Traced loss) => pass.PosteriorPenalty() is { } penalty ? loss + penalty : loss;

    private static Node Total(Traced x) => Traced.Sum(x, [.. Enumerable.Range(0, x.Dims.Length)]).Node;

    private static Node Mean(Traced loss) => loss.Node.Graph.Scale(1.0 / loss.Dims[0], Total(loss));
}
