namespace Vae;

public abstract partial record Objective
{
    /// <summary>
    /// −ln (1/k) Σ p(x, zᵢ) / q(zᵢ|x), and the bounds derived from it; Burda et al. 2016, eq. 8. With a KL weight β the
    /// log-weights are ln p(x|z) + β·(ln p(z) − ln q(z|x)), so that k = 1 is the β-ELBO.
    /// </summary>
    /// <param name="Samples">k, the number of draws for each example, and for each group if the bound has groups; ≥ 1.</param>
    /// <param name="Bound">How the weights are combined.</param>
    /// <param name="Gradient">How the encoder's gradient is estimated.</param>
    /// <param name="Beta">The KL weight β; ≥ 0. 1, the bound, by default; below it during a KL warm-up.</param>
    public sealed partial record ImportanceWeighted(
        int Samples, ImportanceBound Bound, EncoderGradient Gradient, Schedule? Beta = null) : Objective, IObjectiveCase
    {
        /// <summary>The KL weight β over time.</summary>
        public Schedule Beta { get; init; } = Beta ?? Schedules.Constant(1);

        private bool HoldsPosterior => Gradient is not EncoderGradient.Total;

        private long AllSamples => (long)Samples * Bound.GroupCount;

        string IPart<IObjective>.Name => $"{Bound.Name} with {Samples} samples{(HoldsPosterior ? $", {Gradient.Name}" : "")}";

        int IObjective.Samples => (int)Math.Min(AllSamples, int.MaxValue);

        bool IObjective.DetachesPosterior => HoldsPosterior;

        double IObjectiveCase.Settled => Beta.Settled;

        double IObjectiveCase.BetaAt(double epoch) => Beta.At(epoch);

        ValueList<Problem> IObjective.Problems(string path) => [
            .. Beta.Problems($"{path}.beta"),
            .. Rules.AtLeast($"{path}.samples", Samples, 1),
            .. Bound.Problems($"{path}.bound"),
            .. Rules.If(AllSamples > Rules.MaxValues, $"{path}.samples",
                $"must be at most {Rules.MaxValues} in all groups together", "more")];

        ValueList<Problem> IObjective.Problems(VaeSpec model, string path) => [
            .. Rules.If(HoldsPosterior && !Capabilities.KnowsDensity(model), $"{path}.gradient",
                "must be total with a posterior whose ln q(z|x) is known only at its own draws", Posteriors.Name(model.Posterior)),
            // Networks shared by q and p would need squared weights in q and the weights themselves in p.
            .. Rules.If(Gradient is EncoderGradient.DoublyReparameterized && model.Posterior.Formulas().SharesPrior, $"{path}.gradient",
                "must be total or sticking the landing with a posterior that shares networks with the prior",
                Posteriors.Name(model.Posterior))];

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) => -Bound.Value(terms.WeightedLogWeights);

        T? IObjective.EncoderLoss<T>(ObjectiveTerms<T> terms) =>
            Gradient is EncoderGradient.DoublyReparameterized ? -DoublyReparameterized(terms)
            : Bound is ImportanceBound.Piwae ? -Bound.EncoderValue(terms.WeightedLogWeights)
            : null;

        // What ∂ ln q adds to the gradient by z has the factor β, so the rest of each share is left as it is: β·v² + (1 − β)·v.
        private T DoublyReparameterized<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>
        {
            var (logWeights, doubly) = (terms.WeightedLogWeights, Bound.DoublyReparameterized(terms.WeightedLogWeights));
            return terms.Beta == 1 ? doubly : terms.TimesBeta(doubly - Bound.EncoderValue(logWeights)) + Bound.EncoderValue(logWeights);
        }
    }
}

public static partial class Objectives
{
    /// <summary>The importance-weighted bound (IWAE) and its variants; Burda et al. 2016.</summary>
    /// <param name="samples">k, the number of draws for each example, and for each group if the bound has groups; ≥ 1.</param>
    /// <param name="bound">How the weights are combined; by the logarithm of their mean if not given.</param>
    /// <param name="gradient">How the encoder's gradient is estimated; the total gradient if not given.</param>
    /// <param name="beta">The KL weight β; 1 if not given.</param>
    public static Objective ImportanceWeighted(
        int samples, ImportanceBound? bound = null, EncoderGradient? gradient = null, Schedule? beta = null) =>
        new Objective.ImportanceWeighted(samples, bound ?? ImportanceBounds.Iwae, gradient ?? EncoderGradients.Total, beta);
}
