namespace Vae.Tests;

/// <summary>A formula that any carrier can run; all its arguments are [rows, 4].</summary>
public abstract record Formula(string Name, int Arguments)
{
    public const int Width = 4;

    /// <summary>Whether a row of the result depends on that row of each argument alone.</summary>
    public virtual bool ByRows => true;

    public abstract T Evaluate<T>(T[] x) where T : struct, ITensor<T>;

    public override string ToString() => Name;
}

/// <summary>Every formula of the core, and every operation of a carrier.</summary>
public static partial class Formulas
{
    public static IReadOnlyList<Formula> All { get; } = [
        new Arithmetic(), new Numbers(), new Roots(), new Curves(), new Pieces(), new Products(), new Totals(),
        new Softplus(), new LogMeanExp(), new NormalDensity(), new FixedNormalDensity(), new StandardDensity(), new KlToStandard(),
        new KlPerValue(), new KlOfTwo(), new NormalEntropy(), new BernoulliDensity(), new BernoulliEntropy(), new Reparameterized(),
        new Reconstruction(Likelihoods.SquaredError), new Reconstruction(Likelihoods.CrossEntropy),
        new Reconstruction(Likelihoods.Normal(0.3)),
        .. Families.All.Select(family => new FamilyDensity(family)), .. Families.All.Select(family => new MeanOfFamily(family)),
        new Mean(Likelihoods.Bernoulli), new Mean(Likelihoods.Normal()), new PosteriorTerms(), new PriorTerms(),
        new ConditionalPriorTerms(), new Divergence(), new ElboTerms(), new Weighted(), .. LatentFormulas.All, .. OfObjectives];

    private record Arithmetic() : Formula("a·b − a/b + a − −b", 2)
    {
        public override T Evaluate<T>(T[] x) => x[0] * x[1] - x[0] / x[1] + x[0] - -x[1];
    }

    private record Numbers() : Formula("with numbers on either side", 1)
    {
        public override T Evaluate<T>(T[] x) => 2 * (x[0] + 1) * 0.5 - (3 - x[0] / 4) + (1 + (x[0] - 0.5)) / 7 + 0.3 / x[0];
    }

    private record Roots() : Formula("√, ln, ln(1 + x), x²", 1)
    {
        public override T Evaluate<T>(T[] x) => T.Sqrt(T.Square(x[0])) + T.Log(T.Square(x[0])) * T.Log1p(T.Square(x[0]));
    }

    private record Curves() : Formula("eˣ, tanh, σ, ln σ", 1)
    {
        public override T Evaluate<T>(T[] x) => T.Exp(x[0]) + T.Tanh(x[0]) * T.Sigmoid(x[0]) - T.LogSigmoid(x[0]);
    }

    private record Pieces() : Formula("|x|, sign x, bounds", 1)
    {
        public override T Evaluate<T>(T[] x) => T.Abs(x[0]) * x[0] + T.Sign(x[0]) * T.Square(x[0]) + T.SoftClamp(x[0], -0.7, 0.4);
    }

    private record Products() : Formula("a · bᵀ, parts of it in another form", 2)
    {
        public override bool ByRows => false;

        public override T Evaluate<T>(T[] x)
        {
            var product = T.MatMul(x[0], T.Transpose(x[1]));
            return T.LogSumExp(product, 0) * T.Slice(T.Reshape(product, 1, product.Dims[0] * product.Dims[1]), 1, 1, product.Dims[0])
                + T.Sum(product, 0, 1);
        }
    }

    private record Totals() : Formula("Σ, ln Σ eˣ", 2)
    {
        public override T Evaluate<T>(T[] x) => T.Sum(x[0] * x[1], 1) + T.LogSumExp(x[0], 1) * T.SumEvent(x[1]);
    }

    private record Softplus() : Formula("softplus", 1)
    {
        public override T Evaluate<T>(T[] x) => Stable.Softplus(x[0]);
    }

    private record LogMeanExp() : Formula("ln mean eˣ", 1)
    {
        public override T Evaluate<T>(T[] x) => Stable.LogMeanExp(x[0], 1);
    }

    private record NormalDensity() : Formula("ln N(x; μ, σ²)", 3)
    {
        public override T Evaluate<T>(T[] x) => Normals.LogDensity(x[0], x[1], x[2]);
    }

    private record FixedNormalDensity() : Formula("ln N(x; μ, 0.7²)", 2)
    {
        public override T Evaluate<T>(T[] x) => Normals.LogDensity(x[0], x[1], 0.7);
    }

    private record StandardDensity() : Formula("ln N(x; 0, 1)", 1)
    {
        public override T Evaluate<T>(T[] x) => Normals.LogDensityStandard(x[0]);
    }

    private record KlToStandard() : Formula("KL(N ‖ N(0, 1))", 2)
    {
        public override T Evaluate<T>(T[] x) => Normals.KlToStandard(x[0], x[1]);
    }

    private record KlPerValue() : Formula("KL(N ‖ N(0, 1)) per value", 2)
    {
        public override T Evaluate<T>(T[] x) => Normals.KlToStandardPerValue(x[0], x[1]);
    }

    private record KlOfTwo() : Formula("KL(N₁ ‖ N₂)", 4)
    {
        public override T Evaluate<T>(T[] x) => Normals.Kl(x[0], x[1], x[2], x[3]);
    }

    private record NormalEntropy() : Formula("H(N)", 1)
    {
        public override T Evaluate<T>(T[] x) => Normals.Entropy(x[0]);
    }

    private record BernoulliDensity() : Formula("−ln Bernoulli", 2)
    {
        public override T Evaluate<T>(T[] x) => Bernoullis.NegLogDensity(x[0], T.Sigmoid(x[1]));
    }

    private record BernoulliEntropy() : Formula("H(Bernoulli)", 1)
    {
        public override T Evaluate<T>(T[] x) => Bernoullis.Entropy(x[0]);
    }

    private record Reparameterized() : Formula("μ + σ·ε", 3)
    {
        public override T Evaluate<T>(T[] x) => Reparameterizations.Normal(x[0], x[1], x[2]);
    }

    private record Reconstruction(Likelihood Likelihood) : Formula($"−ln p(x|z), {Likelihoods.Name(Likelihood)}", 2)
    {
        public override T Evaluate<T>(T[] x) => Likelihoods.NegLogDensity(Likelihood, x[0], T.Sigmoid(x[1]));

        public override string ToString() => Name;
    }

    private record Mean(Likelihood Likelihood) : Formula($"E[x|z], {Likelihoods.Name(Likelihood)}", 1)
    {
        public override T Evaluate<T>(T[] x) => Likelihoods.Mean(Likelihood, x[0]);

        public override string ToString() => Name;
    }

    private record FamilyDensity(Family Family) : Formula($"−ln p(x|z) per value, {Family.Text}", (Family.Outputs + Width - 1) / Width + 1)
    {
        public override T Evaluate<T>(T[] x)
        {
            var outputs = T.Slice(x.Skip(1).Aggregate((a, b) => T.Concat(a, b, 1)), 1, 0, Family.Outputs);
            return Family.Formulas.NegLogDensityPerValue(Family.State(x[0]), outputs, Family.Support(x[0]));
        }

        public override string ToString() => Name;
    }

    private record MeanOfFamily(Family Family) : Formula($"E[x|z], {Family.Text}", (Family.Outputs + Width - 1) / Width)
    {
        // The mean of a log-normal is exp(m + σ²/2), whose differences lose too many digits: its logarithm is compared.
        public override T Evaluate<T>(T[] x)
        {
            var mean = Family.Formulas.Mean(
                Family.State(x[0]), T.Slice(x.Aggregate((a, b) => T.Concat(a, b, 1)), 1, 0, Family.Outputs));
            return Family.Text.Contains("log-normal") || Family.Text.Contains("positive") ? T.Log1p(mean) : mean;
        }

        public override string ToString() => Name;
    }

    private record PosteriorTerms() : Formula("q: mean · draw + variance, density", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var (q, half) = (Posteriors.DiagonalNormal, T.Slice(x[1], 1, 0, Width / 2));
            var draw = Posteriors.Sample(q, x[0], half);
            return Posteriors.LogDensity(q, x[0], half)!.Value * T.SumEvent(
                Posteriors.Mean(q, x[0]) * draw + Posteriors.LogVariance(q, x[0]));
        }
    }

    private record PriorTerms() : Formula("ln p(draw from p)", 1)
    {
        public override T Evaluate<T>(T[] x) => Priors.LogDensity(Priors.StandardNormal, Priors.Sample(Priors.StandardNormal, x[0]));
    }

    private record ConditionalPriorTerms() : Formula("p(z|c): density of a draw, KL(q ‖ p), closed and by a draw", 3)
    {
        public override T Evaluate<T>(T[] x)
        {
            var (q, p, noise) = (Posteriors.DiagonalNormal, Zoo.ConditionalPrior(), T.Slice(x[2], 1, 0, Width / 2));
            var given = new PartState<T>(_ => x[1]);
            var drawn = Priors.LogDensity(p, Priors.Sample(p, noise, given), given) * Divergences.Kl(q, p, x[0], p: given)!.Value;
            return drawn * Divergences.MonteCarloKl(p, Posteriors.Draw(q, x[0], noise), given);
        }
    }

    private record Divergence() : Formula("KL(q ‖ p), closed and by a draw", 2)
    {
        public override T Evaluate<T>(T[] x)
        {
            var (q, p) = (Posteriors.DiagonalNormal, Priors.StandardNormal);
            var closed = Divergences.Kl(q, p, x[0])!.Value + T.SumEvent(Divergences.KlPerLatent(q, p, x[0])!.Value);
            return closed * Divergences.MonteCarloKl(p, Posteriors.Draw(q, x[0], T.Slice(x[1], 1, 0, Width / 2)));
        }
    }

    private record ElboTerms() : Formula("the bounds of Kingma & Welling", 3)
    {
        public override T Evaluate<T>(T[] x) =>
            Bounds.MonteCarloElbo(x[0], x[1], x[2]) * Bounds.Elbo(x[0], x[1]) - Bounds.NegElbo(x[1], x[2], 4);
    }

    private record Weighted() : Formula("the bound of Burda et al.", 1)
    {
        public override T Evaluate<T>(T[] x) => Bounds.ImportanceWeighted(T.Transpose(x[0]));
    }
}
