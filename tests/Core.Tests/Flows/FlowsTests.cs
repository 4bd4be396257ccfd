namespace Vae.Tests;

public class FlowsTests
{
    private static readonly Flow[] Kinds =
        [Flows.Planar, Flows.Householder, Flows.InverseAutoregressive(7), Flows.MaskedAutoregressive(7), Flows.AffineCoupling(7)];

    public static TheoryData<Case> Cases => [.. from flow in Kinds from size in new[] { 2, 3, 5 } from inPosterior in new[] { true, false }
                                                where inPosterior || flow is not Flow.Planar select new Case(flow, size, inPosterior)];

    public sealed record Case(Flow Flow, int Size, bool InPosterior);

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheDeterminantIsThatOfTheJacobian(Case at)
    {
        var (flow, size, inPosterior) = at;
        var sample = new Sample(Flows.Repeat(3, flow), size, inPosterior, 1);
        var still = sample.Given is { } given ? Dual<NdArray>.Constant(given) : (Dual<NdArray>?)null;
        var columns = Enumerable.Range(0, size).Select(k => Flows.Forward(
            sample.Flows, new Dual<NdArray>(sample.Z, Unit(size, k)), still, sample.Tensors.Still).Z.Tangent.ToArray()).ToArray();
        Assert.Equal(LogDeterminant(columns), sample.Forward(sample.Z).LogDeterminant.Item, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheWayBackUndoesTheWayThere(Case at)
    {
        var (flow, size, inPosterior) = at;
        if (flow is Flow.Planar)
            return;
        var sample = new Sample(Flows.Repeat(3, flow), size, inPosterior, 5);
        var there = sample.Forward(sample.Z);
        var back = Flows.Inverse(sample.Flows, there.Z, sample.Given, sample.Tensors.State());
        Assert.Equal(sample.Z.ToArray(), back.Z.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(there.LogDeterminant.Item, -back.LogDeterminant.Item, 1e-9);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void ReflectionsKeepLengths(int size)
    {
        var sample = new Sample(Flows.Repeat(4, Flows.Householder), size, true, 7);
        var there = sample.Forward(sample.Z);
        Assert.Equal(NdArray.SumEvent(NdArray.Square(sample.Z)).Item, NdArray.SumEvent(NdArray.Square(there.Z)).Item, 1e-10);
        Assert.Equal(0, there.LogDeterminant.Item);
        Assert.NotEqual(sample.Z.ToArray(), there.Z.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AnAutoregressiveStepMovesEachDimensionByThoseBeforeItInTurns(int before)
    {
        foreach (var flow in new[] { Flows.InverseAutoregressive(9), Flows.MaskedAutoregressive(9) })
        {
            // With reflections before it the step stands at an even or an odd place.
            ValueList<Flow> flows = [.. Flows.Repeat(before, Flows.Householder), flow];
            var sample = new Sample(flows, 4, false, 11);
            for (var k = 0; k < before; k++)
                sample.Tensors[$"steps.{k}.vector"] = NdArray.FromValues([0, 0, 0, 1], 4);
            for (var k = 0; k < 4; k++)
            {
                var moved = Flows.Forward(flows, new Dual<NdArray>(sample.Z, Unit(4, k)), null, sample.Tensors.Still).Z.Tangent.ToArray();
                for (var other = 0; other < 4; other++)
                    Assert.Equal(before == 0 ? other < k : other > k, moved[other] == 0);
            }
        }
    }

    [Fact]
    public void APlanarStepIsInvertibleForAnyParameters()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            // u against w as far as it goes: without the constraint the determinant would change its sign.
            var (w, z) = (3.0 * Noise.Normal(seed, 1, 3), Noise.Normal(seed + 1000, 1, 3));
            var given = NdArray.Concat(NdArray.Concat(-2.0 * w, w, 1), NdArray.Full(0, 1, 1), 1);
            Assert.True(double.IsFinite(Flows.Forward([Flows.Planar], z, given).LogDeterminant.Item));
        }
    }

    // Far beyond the deviations of these the density is below 1e-12, and sums at equal steps of a smooth function are exact to the last
    // digits.
    [Theory]
    [InlineData("posterior", 1)]
    [InlineData("posterior", 2)]
    [InlineData("prior", 1)]
    [InlineData("prior", 2)]
    public void TheDensityIntegratesToOne(string part, int size)
    {
        const int side = 200;
        const double step = 0.15;
        var grid = Enumerable.Range(0, side).Select(i => step * (i - side / 2 + 0.5)).ToArray();
        var points = size == 1 ? grid : [.. from a in grid from b in grid from value in new[] { a, b } select value];
        foreach (var flow in size == 1 ? Kinds[1..4] : Kinds[1..])
        {
            var problems = part == "posterior"
                ? Posteriors.Transformed([flow]).Formulas().Problems(size, "") : Priors.Transformed([flow]).Formulas().Problems(size, "");
            if (problems.Count > 0)
                continue;
            var z = NdArray.FromValues(points, points.Length / size, size);
            var sample = new Sample(Flows.Repeat(2, flow), size, part == "posterior", 3, scale: 0.15);
            var log = part == "posterior" ? sample.PosteriorLogDensity(z)
                : Priors.LogDensity(Priors.Transformed(sample.Flows), z, sample.Tensors.State());
            Assert.Equal(1, log.ToArray().Sum(Math.Exp) * Math.Pow(step, size), 1e-6);
        }
    }

    [Fact]
    public void TheDensityOfADrawMatchesTheDensityAtItsValue()
    {
        foreach (var flow in Kinds[1..3].Append(Kinds[4]))
        {
            var sample = new Sample(Flows.Repeat(2, flow), 3, true, 13);
            var q = Posteriors.Transformed(sample.Flows);
            var draw = Posteriors.Draw(q, sample.Outputs, Noise.Normal(2, 1, 3), sample.Tensors.State());
            Assert.Equal(draw.LogDensity.Item, Posteriors.LogDensity(q, sample.Outputs, draw.Z, sample.Tensors.State())!.Value.Item, 1e-9);
        }
        Assert.Null(Posteriors.LogDensity(Posteriors.Transformed([Flows.Planar]), NdArray.Full(0, 1, 13), NdArray.Full(0, 1, 3)));
    }

    [Fact]
    public void ThePriorsDrawsFollowItsDensity()
    {
        foreach (var flow in new[] { Flows.MaskedAutoregressive(6), Flows.AffineCoupling(6), Flows.Householder })
        {
            var sample = new Sample(Flows.Repeat(2, flow), 3, false, 17);
            var (prior, state, noise) = (Priors.Transformed(sample.Flows), sample.Tensors.State(), Noise.Normal(3, 4, 3));
            var there = Flows.Forward(sample.Flows, noise, null, state);
            Assert.Equal(there.Z.ToArray(), Priors.Sample(prior, noise, state).ToArray());
            Assert.Equal(
                (Normals.LogDensityStandard(noise) - there.LogDeterminant).ToArray(), Priors.LogDensity(prior, there.Z, state).ToArray(),
                (a, b) => Math.Abs(a - b) < 1e-9);
        }
    }

    /// <summary>Flows with drawn parameters and a point.</summary>
    private sealed class Sample
    {
        public Sample(ValueList<Flow> flows, int size, bool inPosterior, ulong seed, double scale = 0.5)
        {
            Flows = flows;
            Tensors = new(Vae.Flows.Learned(flows, size, inPosterior), seed, scale);
            Z = Noise.Normal(seed + 100, 1, size);
            Outputs = scale * Noise.Normal(seed + 200, 1, 2 * size + (int)Vae.Flows.Outputs(flows, size));
            Given = inPosterior && Outputs.Dims[1] > 2 * size ? NdArray.Slice(Outputs, 1, 2 * size, Outputs.Dims[1] - 2 * size) : null;
        }

        public ValueList<Flow> Flows { get; }

        public PartTensors Tensors { get; }

        public NdArray Z { get; }

        public NdArray Outputs { get; }

        public NdArray? Given { get; }

        public FlowStep<NdArray> Forward(NdArray z) => Vae.Flows.Forward(Flows, z, Given, Tensors.State());

        public NdArray PosteriorLogDensity(NdArray z) =>
            Posteriors.LogDensity(Posteriors.Transformed(Flows), NdArray.Full(0, z.Dims[0], 1) + Outputs, z, Tensors.State())!.Value;
    }

    private static NdArray Unit(int size, int k) =>
        NdArray.FromValues([.. Enumerable.Range(0, size).Select(i => i == k ? 1.0 : 0)], 1, size);

    // By elimination with the greatest pivot.
    private static double LogDeterminant(double[][] rows)
    {
        var (log, m) = (0.0, rows.Select(row => (double[])row.Clone()).ToArray());
        for (var k = 0; k < m.Length; k++)
        {
            var pivot = Enumerable.Range(k, m.Length - k).MaxBy(i => Math.Abs(m[i][k]));
            (m[k], m[pivot]) = (m[pivot], m[k]);
            log += Math.Log(Math.Abs(m[k][k]));
            for (var i = k + 1; i < m.Length; i++)
            {
                var factor = m[i][k] / m[k][k];
                for (var j = k; j < m.Length; j++)
                    m[i][j] -= factor * m[k][j];
            }
        }
        return log;
    }
}
