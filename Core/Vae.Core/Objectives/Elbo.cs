namespace Vae;

public abstract partial record Objective
{
    /// <summary>Reconstruction + β · KL(q(z|x) ‖ p(z)).</summary>
    /// <param name="Beta">
    /// The KL weight β; ≥ 0. 1 is the bound of Kingma &amp; Welling 2014, other values the β-VAE of Higgins et al. 2017.
    /// </param>
    /// <param name="Capacity">The number of nats of KL that cost nothing, or that are required.</param>
    /// <param name="Gradient">How the encoder's gradient is estimated.</param>
    public sealed partial record Elbo(Schedule Beta, Capacity Capacity, EncoderGradient Gradient) : Objective, IObjectiveCase
    {
        private bool HoldsPosterior => Gradient is not EncoderGradient.Total;

        string IPart<IObjective>.Name =>
            $"elbo{Capacity.Suffix}{(Capacity is Capacity.Unlimited && HoldsPosterior ? $", {Gradient.Name}" : "")}";

        bool IObjective.DetachesPosterior => HoldsPosterior;

        // A capacity is of the mean KL over the batch.
        bool IObjective.CouplesExamples => Capacity is not Capacity.Unlimited;

        double IObjectiveCase.Settled => Math.Max(Beta.Settled, Capacity.Settled);

        double IObjectiveCase.BetaAt(double epoch) => Beta.At(epoch);

        ValueList<Problem> IObjective.Problems(string path) => [
            .. Beta.Problems($"{path}.beta"), .. Capacity.Problems($"{path}.capacity"),
            .. Rules.If(HoldsPosterior && Capacity is not Capacity.Unlimited, $"{path}.gradient",
                "must be total with a capacity, which applies to the KL itself and not to its draws", Gradient.Name),
            .. Rules.If(Gradient is EncoderGradient.DoublyReparameterized, $"{path}.gradient",
                "must be total or sticking the landing with the elbo, whose single draw has the weight 1", Gradient.Name)];

        ValueList<Problem> IObjective.Problems(VaeSpec model, string path) => [
            .. Rules.If(HoldsPosterior && !Capabilities.KnowsDensity(model), $"{path}.gradient",
                "must be total with a posterior whose ln q(z|x) is known only at its own draws", Posteriors.Name(model.Posterior)),
            .. Rules.If(Capacity is Capacity.FreeBits { PerLatent: true } && !Capabilities.KnowsKl(model), $"{path}.capacity.perLatent",
                "must be false if the KL of each latent has no closed form",
                $"{Posteriors.Name(model.Posterior)} and {Priors.Name(model.Prior)}")];

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) => terms.NegElbo(
            Capacity is Capacity.Unlimited && HoldsPosterior ? terms.DrawnKl : Capacity.Cost(terms));
    }
}

public static partial class Objectives
{
    /// <summary>The evidence lower bound (ELBO); Kingma &amp; Welling 2014.</summary>
    public static Objective Elbo { get; } = Beta(1);

    /// <summary>β-VAE: the evidence lower bound with a constant KL weight; Higgins et al. 2017.</summary>
    /// <param name="beta">The KL weight β; ≥ 0.</param>
    /// <example>
    /// <code>
    /// var run = TrainRecipes.Default(Zoo.Conv(Shape.Image(1, 28, 28)), "digits").With(objective: Objectives.Beta(4));
    /// </code>
    /// </example>
    public static Objective Beta(double beta) => Beta(Schedules.Constant(beta));

    /// <summary>
    /// The evidence lower bound with a scheduled KL weight, as for warm-up; by default without a capacity and with the total gradient.
    /// </summary>
    /// <param name="beta">The KL weight β over time; ≥ 0.</param>
    /// <param name="capacity">The number of nats of KL that cost nothing, or that are required.</param>
    /// <param name="gradient">How the encoder's gradient is estimated.</param>
    public static Objective Beta(Schedule beta, Capacity? capacity = null, EncoderGradient? gradient = null) =>
        new Objective.Elbo(beta, capacity ?? Capacities.Unlimited, gradient ?? EncoderGradients.Total);
}
