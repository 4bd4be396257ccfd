using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>The whole of a step's gradient for each objective: encoder, draws, decoder, likelihood, and back.</summary>
internal sealed class ObjectiveStages(ProgramWriter to, VaeSpec spec, Value x)
{
    private readonly NetworkStages networks = new(to);

    public void Write(Objective objective)
    {
        var samples = Of(objective, elbo: () => 1, importanceWeighted: i => i.Samples);
        var encoder = networks.Network(Wiring.EncoderLayers(spec), "encoder", EncoderInput());
        var (z, decoderInput) = DecoderInput(samples);
        var latent = LatentStages.Sample(to, encoder.Output, z, samples);
        var decoder = networks.Network(Wiring.DecoderLayers(spec), "decoder", decoderInput);
        var decoded = decoder.Output;
        var gradient = Of(objective, elbo: () => Elbo(decoded), importanceWeighted: _ => ImportanceWeighted(latent, decoded));
        var back = decoder.Adjoint(gradient) ?? throw new InvalidOperationException("z needs a gradient");
        to.Columns(back, "d_z", 0, spec.Latent);
        encoder.Adjoint(Of(objective,
            elbo: () => LatentStages.ElboAdjoint(to, latent, encoder.Output),
            importanceWeighted: _ => LatentStages.ImportanceAdjoint(to, latent, encoder.Output)));
    }

    private static T Of<T>(Objective objective, Func<T> elbo, Func<Objective.ImportanceWeighted, T> importanceWeighted) => objective.Match(
        elbo: _ => elbo(), importanceWeighted: importanceWeighted, reconstruction: _ => throw NotCovered(), regularized: _ => throw NotCovered(),
        vaeGan: _ => throw NotCovered(), semiSupervised: _ => throw NotCovered(), custom: _ => throw NotCovered());

    internal static InvalidOperationException NotCovered() => new("what the compiled step refuses must never reach it");

    /// <summary>−ln p(x|z) + β·KL, each the sum over the batch on measured steps.</summary>
    private Value Elbo(Value decoded)
    {
        to.Comment($"{Likelihoods.Name(spec.Likelihood)}: −ln p(x|z) and its derivative");
        var factor = LikelihoodStages.Summed(to, spec.Likelihood, decoded, x.Name,
            [LatentStages.SummedKl, .. Sums("reconstruction + beta * kl", "reconstruction")]);
        to.Line($"{decoded.Name}.mul_({Text(factor / x.Rows)})");
        return decoded;
    }

    /// <summary>ln w = ln p(x|z) + ln p(z) − ln q(z|x) up to what all draws of an example share; the gradient weighs each draw by its share of Σ w.</summary>
    private Value ImportanceWeighted(Latent latent, Value decoded)
    {
        to.Comment($"{Likelihoods.Name(spec.Likelihood)}: −ln p(x|z) of each draw");
        var factor = LikelihoodStages.PerRow(to, spec.Likelihood, decoded, latent.Samples, x.Name);
        to.Comment("ln w of each draw, without the log-variance that all draws of an example share; their shares of Σ w");
        var terms = to.Buffer("weight_terms", latent.Z.Rows, latent.Z.Shape);
        var logWeights = to.Buffer("log_weights", latent.Z.Rows, new([]));
        var grouped = to.Reshaped(logWeights, "log_weights_by_sample", [latent.Samples, x.Rows]);
        to.Line("torch.mul(eps, eps, out=weight_terms)");
        to.Line($"{terms.Name}.addcmul_(z, z, value=-1)");
        to.Line("torch.sum(weight_terms, [1], out=log_weights)");
        to.Line("log_weights.mul_(0.5).sub_(reconstruction)");
        to.Line($"share = torch.softmax({grouped}, 0).mul_({Text(1.0 / x.Rows)}).view([{latent.Z.Rows}, 1])");
        to.WhenMeasured(LatentStages.SummedKl, Sums(
            $"{Text(x.Rows * Math.Log(latent.Samples))} - torch.sum(torch.logsumexp({grouped}, [0])) - 0.5 * torch.sum(log_variance)",
            $"torch.sum(reconstruction) * {Text(1.0 / latent.Samples)}"));
        to.Comment("∂loss/∂ decoder's output: each draw by its share");
        var each = $"share.view({Text([decoded.Rows, .. decoded.Shape.Dims.Select(_ => 1L)])})";
        to.Line($"{decoded.Name}.mul_({(factor == 1 ? each : $"{each} * {Text(factor)}")})");
        return decoded;
    }

    private static ValueList<string> Sums(string loss, string reconstruction) =>
        [$"loss_sum.add_({loss})", $"reconstruction_sum.add_({reconstruction})", "kl_sum.add_(kl)"];

    /// <summary>x as the encoder takes it, with c appended or laid over it.</summary>
    private Value EncoderInput()
    {
        var width = Wiring.ConditionWidth(spec);
        to.Comment($"the encoder's input: {Wiring.EncoderInput(spec)}");
        var fed = Wiring.IsFedVector(spec) && !spec.Input.IsVector
            ? to.Reshaped(x, "x_flat", Shape.Vector((int)spec.Input.Size)) : x;
        if (width == 0)
            return fed;
        var input = to.Buffer("encoder_input", x.Rows, Wiring.EncoderInput(spec)) with { IsOwned = false, NeedsGradient = false };
        var c = fed.Shape.IsVector ? "c" : $"c.view([{x.Rows}, {width}, 1, 1]).expand({Text([x.Rows, width, fed.Shape.Height, fed.Shape.Width])})";
        to.Line($"torch.cat([{fed.Name}, {c}], 1, out={input.Name})");
        return input;
    }

    /// <summary>Memory for z with c beside it, repeated for every draw.</summary>
    private (Value Z, Value Input) DecoderInput(int samples)
    {
        var width = Wiring.ConditionWidth(spec);
        var rows = samples * x.Rows;
        if (width == 0)
        {
            var z = to.Buffer("z", rows, Shape.Vector(spec.Latent)) with { IsOwned = false };
            return (z, z);
        }
        to.Comment("the decoder's input: z and the condition");
        var input = to.Buffer("decoder_input", rows, Wiring.DecoderInput(spec)) with { IsOwned = false };
        var given = to.Columns(input, "given", spec.Latent, width);
        to.Line($"{to.Reshaped(given, "given_by_sample", [samples, x.Rows, width])}.copy_(c)");
        return (to.Columns(input, "z", 0, spec.Latent), input);
    }
}
