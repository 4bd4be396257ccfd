namespace Vae.Tests;

public static partial class Formulas
{
    private static IReadOnlyList<Formula> OfObjectives => [
        new FreeBits(), new CapacityTarget(), new Grouped(), new KlParts(), new Covariances(),
        new Discrepancy(Kernels.RadialBasis()), new Discrepancy(Kernels.InverseMultiquadratic()), new Critic(), new Halved(),
        new Labelled()];

    private record FreeBits() : Formula("Σ max(λ, mean KL)", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x) => Capacities.AtLeast(
            Divergences.KlPerLatent(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value, 0.5) * T.SumEvent(x[1]);
    }

    private record CapacityTarget() : Formula("|mean KL − C|", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x) =>
            Capacities.DistanceFrom(Divergences.Kl(Posteriors.DiagonalNormal, Priors.StandardNormal, x[0])!.Value, 0.5) * T.SumEvent(x[1]);
    }

    private record Grouped() : Formula("the bounds of Rainforth et al.", 1)
    {
        public override T Evaluate<T>(T[] x) =>
            ImportanceBounds.OfGroups(T.Transpose(x[0]), 2) * ImportanceBounds.Combined(T.Transpose(x[0]), 0.3);
    }

    private record KlParts() : Formula("the parts of the KL", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x)
        {
            var draw = Posteriors.Draw(Posteriors.DiagonalNormal, x[0], T.Slice(x[1], 1, 0, Width / 2));
            var pairs = TotalCorrelations.LogPairs(Posteriors.DiagonalNormal.Formulas(), PartState<T>.Empty, x[0], draw.Z);
            T Parts(T weights)
            {
                var parts = TotalCorrelations.Decompose(draw.LogDensity, pairs, Priors.LogDensity(Priors.StandardNormal, draw.Z), weights);
                return parts.MutualInformation + 2.0 * parts.TotalCorrelation - 3.0 * parts.DimensionWise;
            }
            int rows = x[0].Dims[0];
            return Parts(TotalCorrelations.LogWeights(draw.Z, rows, 50)) * Parts(TotalCorrelations.LogStratifiedWeights(draw.Z, rows, 50));
        }
    }

    private record Covariances() : Formula("the covariances of codes", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x) => CodePenalties.Covariance(x[0], T.Square(x[1]), 2, 3);
    }

    private record Discrepancy(Kernel Kernel)
        : Formula($"MMD, {Kernel.Match(radialBasis: _ => "radial basis", inverseMultiquadratic: _ => "inverse multiquadratic")}", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x) => CodePenalties.MeanDiscrepancy(x[0], x[1], Kernel);

        public override string ToString() => Name;
    }

    private record Critic() : Formula("what a critic costs", 2)
    {
        public override T Evaluate<T>(T[] x) => Adversaries.Distinguish(x[0], x[1]) * Adversaries.Deceive(x[1]);
    }

    private record Halved() : Formula("‖z‖² / 2", 1)
    {
        public override T Evaluate<T>(T[] x) => CodePenalties.HalfSquare(x[0]);
    }

    private record Labelled() : Formula("labels for some", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var labels = T.Constant(x[1], [1, 0, 0, 0], 1, Width) + 0.0 * x[1];
            return PartialLabels.Loss(T.Transpose(x[0]), x[1], labels, 0.7) + PartialLabels.Loss(T.Transpose(x[0]), x[1], 0.0 * labels, 0.7)
                * T.Sum(PartialLabels.Shares(x[1], 0.0 * labels) * T.Transpose(x[0]), 0);
        }
    }
}
