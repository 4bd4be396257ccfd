namespace Vae.Tests;

/// <summary>The formulas of posteriors and priors that are no diagonal normals.</summary>
internal static class LatentFormulas
{
    public static IReadOnlyList<Formula> All { get; } = [
        new FullNormalTerms(), new FlowTerms(), new FlowPriorTerms(), new MixtureTerms(), new VampTerms(), new CategoricalTerms(),
        new AutoregressiveTerms(), new SphereTerms(),
        .. HierarchySamples.Two.Select(pair => new HierarchyTerms(pair.Key, pair.Value))];

    private record FullNormalTerms() : Formula("full-covariance normal: draw, density, KL", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            T outputs = T.Concat(x[0], T.Slice(x[1], 1, 0, 1), 1), noise = T.Slice(x[1], 1, 1, 2);
            var draw = Posteriors.Draw(Posteriors.FullNormal, outputs, noise);
            var density = Posteriors.LogDensity(Posteriors.FullNormal, outputs, draw.Z + noise)!.Value;
            return Divergences.Kl(Posteriors.FullNormal, Priors.StandardNormal, outputs)!.Value
                + density * T.SumEvent(draw.Z * Posteriors.LogVariance(Posteriors.FullNormal, outputs));
        }
    }

    private record FlowTerms() : Formula("flows of a posterior: draw, density, mean", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var q = Posteriors.Transformed([Flows.InverseAutoregressive(3), Flows.Planar, Flows.AffineCoupling(3), Flows.Householder]);
            var state = State(x[0], q.Formulas().Learned(2));
            T outputs = T.Concat(T.Concat(x[0], x[1], 1), T.Concat(x[0] * x[1], T.Concat(x[1] - x[0], T.Slice(x[0], 1, 0, 1), 1), 1), 1);
            var draw = Posteriors.Draw(q, outputs, T.Slice(x[1], 1, 2, 2), state);
            return draw.LogDensity + T.SumEvent(draw.Z) + T.SumEvent(Posteriors.Mean(q, outputs, state));
        }
    }

    private record FlowPriorTerms() : Formula("flows of a prior: density, draw", 1)
    {
        public override T Evaluate<T>(T[] x)
        {
            var p = Priors.Transformed([Flows.MaskedAutoregressive(3), Flows.Householder, Flows.AffineCoupling(3)]);
            var state = State(x[0], p.Formulas().Learned(4, Shape.Vector(1)));
            return Priors.LogDensity(p, x[0], state) + T.SumEvent(Priors.Sample(p, x[0], state));
        }
    }

    private record MixtureTerms() : Formula("mixture and learned normal: density, draw, KL", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var (mixture, learned) = (Priors.Mixture(3), Priors.LearnedNormal);
            var (of, normal) = (State(x[0], mixture.Formulas().Learned(4, Shape.Vector(1))),
                State(x[0], learned.Formulas().Learned(2, Shape.Vector(1))));
            return Priors.LogDensity(mixture, x[0], of)
                + T.SumEvent(Priors.Sample(mixture, T.Concat(x[0], T.Concat(x[1], T.Slice(x[0], 1, 0, 2), 1), 1), of))
                + Divergences.Kl(Posteriors.DiagonalNormal, learned, x[1], p: normal)!.Value;
        }
    }

    private record VampTerms() : Formula("VampPrior: density", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x) => Priors.LogDensity(Priors.Vamp(x[1].Dims[0]), T.Slice(x[0], 1, 0, 2), new(_ => x[1]));
    }

    private record CategoricalTerms() : Formula("Gumbel-softmax: draw, density, variance, KL", 3)
    {
        public override T Evaluate<T>(T[] x)
        {
            var q = Posteriors.Categorical(2, Schedules.Linear(1, 0.5, 2));
            var training = new PartState<T>(_ => x[0], training: true, epoch: 1);
            var draw = Posteriors.Draw(q, x[0], T.Concat(x[1], x[2], 1), training);
            return T.SumEvent(draw.Z * Posteriors.LogVariance(q, x[0])) + draw.LogDensity + Posteriors.LogDensity(q, x[0], x[1])!.Value
                + Divergences.Kl(q, Priors.Uniform(Supports.Categories(2)), x[0])!.Value;
        }
    }

    private record AutoregressiveTerms() : Formula("autoregressive over classes: density", 1)
    {
        public override T Evaluate<T>(T[] x)
        {
            var p = Priors.AutoregressiveCodebook(Supports.Categories(2), 5);
            return Priors.LogDensity(p, x[0], State(x[0], p.Formulas().Learned(4, Shape.Vector(1))));
        }
    }

    private record SphereTerms() : Formula("von Mises–Fisher: density, variance, KL", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var q = Posteriors.VonMisesFisher;
            var density = Posteriors.LogDensity(q, x[0], T.Slice(x[1], 1, 0, 3))!.Value;
            return density + T.SumEvent(Posteriors.LogVariance(q, x[0]) * Posteriors.Mean(q, x[0]))
                + Divergences.Kl(q, Priors.Uniform(Supports.Sphere), x[0])!.Value;
        }
    }

    private record HierarchyTerms(string Kind, Hierarchy Hierarchy)
        : Formula($"{Kind} levels: draw, densities, mean, KL, what the decoder sees", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var (q, p) = (Posteriors.Hierarchical(Hierarchy), Priors.Hierarchical(Hierarchy, Priors.Mixture(2)));
            var (qs, ps) = HierarchySamples.States(x[0], q, p, 3);
            T outputs = T.Slice(T.Concat(x[0], x[1], 1), 1, 0, (int)q.Formulas().Outputs(3)), noise = T.Slice(x[1], 1, 1, 3);
            var draw = Posteriors.Draw(q, outputs, noise, qs);
            var kl = Divergences.KlPerLatentAt(q, Priors.Hierarchical(Hierarchy), outputs, draw.Z + noise, qs, ps);
            return draw.LogDensity + Posteriors.LogDensity(q, outputs, draw.Z - noise, qs)!.Value * T.SumEvent(
                Posteriors.Mean(q, outputs, qs))
                + Priors.LogDensity(p, draw.Z, ps) + T.SumEvent(Priors.Sample(p, T.Concat(x[0], noise, 1), ps))
                + T.SumEvent(p.Formulas().ForDecoder(ps, draw.Z))
                + (kl is { } each ? T.SumEvent(each) : T.SumEvent(Posteriors.LogVariance(q, outputs, qs)));
        }
    }

    // Numbers that are the same for every carrier.
    private static PartState<T> State<T>(T like, ValueList<Parameter> learned) where T : struct, ITensor<T>
    {
        var tensors = new PartTensors(learned, 3);
        return new(name => T.Constant(like, tensors[name].ToArray(), tensors[name].Dims));
    }
}
