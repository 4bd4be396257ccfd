namespace Vae.Torch;

/// <summary>The forward and backward pass of a training step, recorded from the formulas of a model and an objective.</summary>
internal static class TracedStep
{
    /// <summary>Why a model cannot be trained by a recorded step; empty if it can.</summary>
    public static string Refusal(VaeSpec spec, Objective objective)
    {
        if (objective is Objective.Regularized { Regularizer: Regularizer.Code { Decoder: DecoderPenalty.GradientPenalty } })
            return "does not cover the gradient penalty, which differentiates the decoder twice";
        if (HasAuxiliary(spec, objective))
            return $"does not cover objectives that train a network of their own, got {Objectives.Name(objective)}";
        if (NetworkStages.SequenceLayers(spec).FirstOrDefault() is { } layer)
            return $"does not cover layers on sequences, got {layer}";
        if (HasOwnEncoderLoss(objective) && NetworkStages.NormalizesBatches(spec))
            return "does not cover batch normalization with an objective that has a loss of its own for the encoder, "
                + $"got {Objectives.Name(objective)}";
        return CustomParts(spec, objective) is { Count: > 0 } parts && Trial(spec, objective) is { Length: > 0 } reason
            ? $"{reason}, got {string.Join(", ", parts)}" : "";
    }

    /// <summary>Writes the step up to the gradients of all weights.</summary>
    /// <param name="to">The program.</param>
    /// <param name="spec">A valid specification that is not refused.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Number of examples of a step.</param>
    /// <param name="examples">Number of training examples.</param>
    /// <exception cref="NotRecordedException">A formula cannot be recorded.</exception>
    public static void Write(ProgramWriter to, VaeSpec spec, Objective objective, int batch, long examples)
    {
        var recorded = new RecordedLoss(spec, objective, batch, examples);
        var gradients = recorded.Differentiate();
        var inputs = recorded.Inputs;
        if (gradients.Networks.Count + gradients.Inputs.Count == 0)
            throw new NotRecordedException("needs a loss that depends on the model's weights");
        List<Node> outputs = [
            .. gradients.Networks, .. gradients.Inputs.Values, .. recorded.Updates.Select(update => update.Value)];
        var (graph, map) = Lowering.Of(inputs.Graph, outputs.Concat(recorded.Sums.Select(sum => sum.Value)));
        var writer = new GraphWriter(
            to, graph, [.. outputs.Select(node => map[node])], [.. recorded.Sums.Select(sum => map[sum.Value])]);
        writer.Write(node => Input(to, inputs[node.Name], node));
        to.Comment("gradients of tensors outside of networks, and new values of those that follow the batch");
        foreach (var (tensor, input) in inputs.Trained.Where(trained => gradients.Inputs.ContainsKey(trained.Input)))
            to.Contribute(tensor, writer[map[gradients.Inputs[input]]]);
        foreach (var (tensor, value) in recorded.Updates)
            to.Line($"{to.Weight(tensor)}.copy_({writer[map[value]]})");
        to.AddShares();
        to.OnlyMeasured = true;
        foreach (var (name, value) in recorded.Sums)
            to.Line($"{name}.add_({writer[map[value]]})");
        to.OnlyMeasured = false;
    }

    /// <summary>The name of an input in a program, and whether each call gets it in the same memory.</summary>
    public static (string Name, bool IsStatic) Input(ProgramWriter to, StepSource source, Node node) => source switch
    {
        StepSource.Given given => (to.Input(given.Name, ProgramWriter.Text(Dimensions.Long(node.Dims))), given.IsStatic),
        StepSource.Weight weight => (to.Weight(weight.Name), true),
        StepSource.Noise noise => (to.Noise(noise.Name, node.Dims[0], Shape.Vector(node.Dims[1]), noise.Use).Name, true),
        StepSource.Scheduled scheduled => (to.Scheduled(scheduled.Name, scheduled.Schedule), true),
        _ => throw new InvalidOperationException($"{node}: has no source"),
    };

    private static bool HasOwnEncoderLoss(Objective objective) => objective is Objective.Custom or Objective.ImportanceWeighted
    {
        Gradient: EncoderGradient.DoublyReparameterized
    } or Objective.ImportanceWeighted { Bound: ImportanceBound.Piwae };

    private static bool HasAuxiliary(VaeSpec spec, Objective objective) => objective switch
    {
        Objective.SemiSupervised or Objective.VaeGan or Objective.Regularized { Regularizer.Trained: not null } => true,
        Objective.Custom => objective.Formulas().Auxiliaries(spec, new(
            1, 1, 0, Optimizers.Adam(), Schedules.Constant(1), Clippings.None, Averagings.None, Stoppings.Never)).Count > 0,
        _ => false,
    };

    // The names of an application's components.
    private static ValueList<string> CustomParts(VaeSpec spec, Objective objective) => [
        .. objective is Objective.Custom ? ValueList.From([objective.Formulas().Name]) : [],
        .. spec.Likelihood is Likelihood.Custom or Likelihood.Masked { Inner: Likelihood.Custom }
            ? ValueList.From([spec.Likelihood.Formulas().Name]) : [],
        .. spec.Posterior is Posterior.Custom ? ValueList.From([spec.Posterior.Formulas().Name]) : [],
        .. spec.Prior is Prior.Custom ? ValueList.From([spec.Prior.Formulas().Name]) : [],
        .. NetworkStages.CustomLayers(spec)];

    // Formulas of an application may do what cannot be recorded, and say so by any exception.
    private static string Trial(VaeSpec spec, Objective objective)
    {
        try
        {
            Write(new(spec, Precision.Float32), spec, objective, batch: 2, examples: 2);
            return "";
        }
        catch (NotRecordedException e)
        {
            return e.Message;
        }
        catch (Exception e)
        {
            return $"cannot record formulas of the application ({e.GetType().Name}: {e.Message})";
        }
    }
}
