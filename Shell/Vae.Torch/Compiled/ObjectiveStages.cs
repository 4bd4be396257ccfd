using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Writes forward and backward pass of a training step for each objective: encoder, draws, decoder, likelihood.</summary>
internal sealed class ObjectiveStages(ProgramWriter to, VaeSpec spec, ProgramTensor x, ConditionInput? condition)
{
    private readonly NetworkStages networks = new(to);

    /// <summary>Why an objective cannot be compiled for a model; empty if it can.</summary>
    public static string Refusal(VaeSpec spec, Objective objective) => objective switch
    {
        Objective.Reconstruction => "",
        _ when spec.Posterior is Posterior.Point =>
            $"covers points with the objective reconstruction only, got {Objectives.Name(objective)}",
        Objective.Elbo { Gradient: EncoderGradient.Total } elbo => spec.Latent > 0 || elbo.Capacity is Capacity.Unlimited
            ? "" : "gives a capacity to models with a latent only, got none",
        Objective.ImportanceWeighted { Bound: ImportanceBound.Iwae, Gradient: EncoderGradient.Total } => spec.Latent > 0
            ? "" : "weighs draws of models with a latent only, got none",
        _ => $"covers the objectives elbo, importance-weighted and reconstruction only, got {Objectives.Name(objective)}",
    };

    /// <summary>Writes the program up to the gradients of all weights.</summary>
    public void Write(Objective objective)
    {
        if (spec.Latent == 0)
            WithoutLatent();
        else if (spec.Posterior is Posterior.Point)
            OfPoints();
        else
            OfDraws(objective);
    }

    /// <summary>A model without latents: its decoder takes the condition only.</summary>
    private void WithoutLatent()
    {
        var input = ConditionStages.Alone(to, condition!, Wiring.DecoderInput(spec));
        var decoder = networks.Network(Wiring.DecoderLayers(spec), "decoder", input, condition);
        decoder.Adjoint(Reconstruction(decoder.Output, ReconstructionSums));
    }

    /// <summary>An autoencoder: z is the encoder's output.</summary>
    private void OfPoints()
    {
        var encoder = Encoder();
        var z = encoder.Output with { IsOwned = false };
        var input = z;
        if (condition is not null)
        {
            (var place, input, _) = DecoderInput(1);
            to.Line($"{place.Name}.copy_({z.Name})");
        }
        var decoder = networks.Network(Wiring.DecoderLayers(spec), "decoder", input, condition);
        var back = Backward(decoder, Reconstruction(decoder.Output, ReconstructionSums));
        encoder.Adjoint(condition is null ? back : to.Columns(back, StepNames.DZ, 0, spec.Latent));
    }

    private void OfDraws(Objective objective)
    {
        var weighted = objective as Objective.ImportanceWeighted;
        var encoder = Encoder();
        var prior = PriorStages.Write(to, networks, spec, condition);
        var (z, input, repeated) = DecoderInput(weighted?.Samples ?? 1);
        var latent = LatentStages.Sample(to, encoder.Output, z, weighted?.Samples ?? 1, prior);
        var decoder = networks.Network(Wiring.DecoderLayers(spec), "decoder", input, repeated);
        var cost = objective is Objective.Elbo elbo ? CapacityStages.Write(to, elbo.Capacity, prior, x.Rows) : null;
        ValueList<string> measured = [
            .. cost?.Measured ?? [LatentStages.SummedKl(prior)], .. Sums(cost?.Loss ?? StepNames.Reconstruction, StepNames.Reconstruction)];
        var gradient = weighted is not null ? ImportanceWeighted(latent, decoder.Output) : Reconstruction(decoder.Output, measured);
        to.Columns(Backward(decoder, gradient), StepNames.DZ, 0, spec.Latent);
        encoder.Adjoint(weighted is not null ? LatentStages.ImportanceAdjoint(to, latent, encoder.Output)
            : cost is null ? LatentStages.ReconstructionAdjoint(to, encoder.Output)
            : LatentStages.ElboAdjoint(to, latent, encoder.Output, cost.Weight));
    }

    private static ProgramTensor Backward(Stage decoder, ProgramTensor gradient) =>
        decoder.Adjoint(gradient) ?? throw new InvalidOperationException("z needs a gradient");

    private Stage Encoder() => networks.Network(Wiring.EncoderLayers(spec), "encoder", EncoderInput(), condition);

    /// <summary>
    /// Writes −ln p(x|z), its derivative averaged over the batch, and the statements of measured steps, which use its sum.
    /// </summary>
    private ProgramTensor Reconstruction(ProgramTensor decoded, ValueList<string> measured)
    {
        to.Comment($"{Likelihoods.Name(spec.Likelihood)}: −ln p(x|z) and its derivative");
        var slope = LikelihoodStages.Summed(to, spec.Likelihood, decoded, Observed(to, spec, x.Name), measured);
        to.Line($"{decoded.Name}.mul_({to.Number("per_example", slope.Factor / x.Rows)})");
        slope.Own?.Invoke(Text(1.0 / x.Rows));
        return decoded;
    }

    /// <summary>
    /// Writes ln w = ln p(x|z) + ln p(z) − ln q(z|x), up to terms that are the same for all draws of an example; the gradient
    /// weights each draw by its share of Σ w.
    /// </summary>
    private ProgramTensor ImportanceWeighted(Latent latent, ProgramTensor decoded)
    {
        to.Comment($"{Likelihoods.Name(spec.Likelihood)}: −ln p(x|z) of each draw");
        var slope = LikelihoodStages.PerRow(to, spec.Likelihood, decoded, latent.Samples, Observed(to, spec, x.Name));
        to.Comment("ln w of each draw, without the log-variances, which all draws of an example share; shares of Σ w");
        var terms = to.Buffer("weight_terms", latent.Z.Rows, latent.Z.Shape);
        var logWeights = to.Buffer("log_weights", latent.Z.Rows, new([]));
        var grouped = to.Reshaped(logWeights, "log_weights_by_sample", [latent.Samples, x.Rows]);
        var (apart, pull) = LatentStages.FromPrior(to, latent);
        to.Line($"torch.mul({StepNames.Eps}, {StepNames.Eps}, out=weight_terms)");
        to.Line($"{terms.Name}.addcmul_({apart}, {pull}, value=-1)");
        to.Line("torch.sum(weight_terms, [1], out=log_weights)");
        to.Line($"log_weights.mul_({to.Half}).sub_({StepNames.Reconstruction})");
        to.Line($"{StepNames.Share} = torch.softmax({grouped}, 0).mul_({Text(1.0 / x.Rows)}).view([{latent.Z.Rows}, 1])");
        to.WhenMeasured(LatentStages.SummedKl(latent.Prior), Sums(
            $"{Text(x.Rows * Math.Log(latent.Samples))} - torch.sum(torch.logsumexp({grouped}, [0])) - 0.5 * torch.sum({latent.Shared})",
            $"torch.sum({StepNames.Reconstruction}) * {Text(1.0 / latent.Samples)}"));
        to.Comment("∂loss/∂ decoder's output: each draw weighted by its share");
        var each = $"{StepNames.Share}.view({Text([decoded.Rows, .. decoded.Shape.Dims.Select(_ => 1L)])})";
        to.Line($"{decoded.Name}.mul_({(slope.Factor == 1 ? each : $"{each} * {Text(slope.Factor)}")})");
        slope.Own?.Invoke($"{StepNames.Share}.view({Text([latent.Samples, x.Rows, .. decoded.Shape.Dims.Select(_ => 1L)])})");
        return decoded;
    }

    private static ValueList<string> Sums(string loss, string reconstruction) =>
        [$"{StepNames.LossSum}.add_({loss})", $"{StepNames.ReconstructionSum}.add_({reconstruction})",
            $"{StepNames.KlSum}.add_({StepNames.Kl})"];

    private static ValueList<string> ReconstructionSums =>
        [$"{StepNames.LossSum}.add_({StepNames.Reconstruction})", $"{StepNames.ReconstructionSum}.add_({StepNames.Reconstruction})"];

    /// <summary>The batch of a name as the target of the likelihood.</summary>
    internal static Observed Observed(ProgramWriter to, VaeSpec spec, string x)
    {
        if (!Conditions.ShowsInput(spec.Condition))
            return new(x, null, spec.Input.Size);
        var counted = to.Input(StepNames.Counted, Text([1, .. spec.Input.Dims.Select(dim => (long)dim)]));
        return new(x, counted, spec.Input.Size - (long)Conditions.Observed(spec.Condition, spec.Input).ToArray().Sum());
    }

    /// <summary>The encoder's input: x, with c concatenated.</summary>
    private ProgramTensor EncoderInput()
    {
        to.Comment($"the encoder's input: {Wiring.EncoderInput(spec)}");
        var fed = Wiring.IsFedVector(spec) && !spec.Input.IsVector
            ? to.Reshaped(x, "x_flat", Shape.Vector((int)spec.Input.Size)) : x;
        return condition is null ? fed : ConditionStages.Join(to, "encoder_input", fed, condition).Output;
    }

    /// <summary>A buffer for z, the decoder's input, of which z is part if there is a condition, and c for every draw.</summary>
    private (ProgramTensor Z, ProgramTensor Input, ConditionInput? Repeated) DecoderInput(int samples)
    {
        var rows = samples * x.Rows;
        if (condition is null)
        {
            var z = to.Buffer(StepNames.Z, rows, Shape.Vector(spec.Latent)) with { IsOwned = false };
            return (z, z, null);
        }
        to.Comment("the decoder's input: z and the condition");
        var width = (int)condition.Shape.Size;
        var input = to.Buffer("decoder_input", rows, Wiring.DecoderInput(spec)) with { IsOwned = false };
        var given = to.Columns(input, "given", spec.Latent, width);
        to.Line($"{to.Reshaped(given, "given_by_sample", [samples, x.Rows, width])}.copy_({condition.Name})");
        return (to.Columns(input, StepNames.Z, 0, spec.Latent), input, condition with { Name = given.Name, Rows = rows });
    }
}
