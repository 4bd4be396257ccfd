using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>The KL term of the loss, as statements of a program.</summary>
/// <param name="Measured">Statements of measured steps, before the sums.</param>
/// <param name="Loss">Expression of the loss summed over the batch.</param>
/// <param name="Weight">Expression of the factor of ∂KL: a number, or one for each latent.</param>
internal sealed record KlCost(ValueList<string> Measured, string Loss, string Weight);

/// <summary>The KL term of the loss under each capacity, a function of the batch's mean KL.</summary>
internal static class CapacityStages
{
    public static KlCost Write(ProgramWriter to, Capacity capacity, NormalPrior? prior, int batch)
    {
        var (each, summed) = (Text(1.0 / batch), LatentStages.SummedKl(prior));
        return capacity.Match(
            unlimited: _ => new([summed], $"{StepNames.Reconstruction} + {StepNames.Beta} * {StepNames.Kl}", $"{StepNames.Beta} * {each}"),
            target: t => Limited(to, "β · |KL − capacity|",
                [summed, $"excess = {StepNames.Kl} * {each} - {to.Scheduled(StepNames.Capacity, t.Nats)}"], batch,
                "torch.abs(excess)", "torch.sign(excess)"),
            freeBits: f => Limited(to, $"β · max({Text(f.Nats)}, KL){(f.PerLatent ? " of each latent" : "")}", f.PerLatent
                ? [
                    $"kl_by_latent = torch.sum({LatentStages.KlPerValue(prior)}, [0])", $"{StepNames.Kl} = torch.sum(kl_by_latent)",
                    $"excess = kl_by_latent * {each} - {Text(f.Nats)}"]
                : [summed, $"excess = {StepNames.Kl} * {each} - {Text(f.Nats)}"], batch,
                $"torch.sum(torch.clamp_min(excess, 0) + {Text(f.Nats)})", "(0.5 + 0.5 * torch.sign(excess))"));
    }

    private static KlCost Limited(ProgramWriter to, string title, ValueList<string> statements, int batch, string cost, string slope)
    {
        to.Comment($"the KL term: {title}");
        foreach (var statement in statements)
            to.Line(statement);
        return new(
            [], $"{StepNames.Reconstruction} + {StepNames.Beta} * {Text((double)batch)} * {cost}",
            $"{StepNames.Beta} * {Text(1.0 / batch)} * {slope}");
    }
}
