using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>What a compiled step costs, by counts that do not depend on the machine: calls into libtorch, buffers, garbage.</summary>
public class StepCostTests
{
    private const int Batch = 20;

    private static VaeSpec Mlp { get; } = Zoo.Mlp(Shape.Image(1, 28, 28));

    /// <summary>
    /// A model, and the most calls and buffered values of a step of 20 examples that does not measure its loss: some above what
    /// they were when last changed.
    /// </summary>
    public static TheoryData<string, int, int> Models => new()
    {
        { "mlp", 54, 88_000 },
        { "conv", 93, 190_000 },
        { "burda", 77, 95_000 },
        { "burda, weighted", 105, 3_600_000 },
        { "learned normal", 73, 236_000 },
        { "laplace", 74, 219_000 },
        { "negative binomial", 227, 486_000 },
        { "full", 260, 105_000 },
        { "planar", 265, 107_000 },
        { "mixture", 83, 101_000 },
        { "vamp", 106, 590_000 },
        { "total correlation", 95, 157_000 },
        { "info-vae", 74, 114_000 },
        { "doubly reparameterized", 127, 960_000 },
        { "mlp, weighted", 80, 380_000 },
        { "beta", 262, 1_190_000 },
        { "logistics", 135, 1_650_000 },
        { "autoregressive", 155, 118_000 },
        { "sphere", 610, 136_000 },
        { "categorical", 61, 87_000 },
        { "quantized", 70, 99_000 },
        { "conv, mixture", 122, 201_000 },
    };

    [Theory, MemberData(nameof(Models))]
    public void AStepMakesFewCallsAndHasFewBuffers(string name, int calls, int values)
    {
        var (spec, objective) = Find(name);
        var program = CompiledProgram.Compile(spec, objective, PairedRuns.Train(Batch), Batch);
        Assert.True(Calls(program.Text) <= calls && Values(program) <= values,
            $"{name}: {Calls(program.Text)} calls, {Values(program)} values in buffers");
    }

    public static TheoryData<string> Names => [.. Models.Select(row => (string)row[0])];

    [Theory, MemberData(nameof(Names))]
    public void AStepLeavesHardlyAnyGarbage(string name)
    {
        var (spec, objective) = Find(name);
        using var scope = NewDisposeScope();
        using var model = new VaeModel(spec, 1);
        using var state = new OptimizerState(model.Weights);
        using var step = new CompiledStep(model, state, objective, PairedRuns.Train(4));
        var x = rand(4, 1, 28, 28);
        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
                step.Run(x, null, new(i, 1e-3, 1, 0, false));
        }
        Steps(20);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Steps(50);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 50, 0, 2000);
    }

    // Statements outside of blocks for measured steps; one may chain several calls.
    private static int Calls(string text) => text.Split('\n')
        .SkipWhile(line => !line.StartsWith(") -> None:", StringComparison.Ordinal))
        .Where(line => line.StartsWith("    ", StringComparison.Ordinal) && !line.StartsWith("     ", StringComparison.Ordinal)
            && !line.TrimStart().StartsWith('#'))
        .Sum(line => line.Count(letter => letter == '('));

    private static long Values(CompiledProgram program) => program.Arguments.OfType<Argument.Buffer>()
        .Sum(buffer => buffer.Dims.Aggregate(1L, (product, dim) => product * dim));

    private static (VaeSpec Spec, Objective Objective) Find(string name) => name switch
    {
        "conv" => (Zoo.Conv(Shape.Image(1, 28, 28)), Objectives.Elbo),
        "burda" => (Zoo.Burda(Shape.Image(1, 28, 28)), Objectives.Elbo),
        "burda, weighted" => (Zoo.Burda(Shape.Image(1, 28, 28)), Objectives.ImportanceWeighted(50)),
        "learned normal" => (Mlp.With(likelihood: Likelihoods.Normal(Scales.Learned)), Objectives.Elbo),
        "laplace" => (Mlp.With(likelihood: Likelihoods.Laplace(Scales.Learned)), Objectives.Elbo),
        "negative binomial" => (Mlp.With(likelihood: Likelihoods.NegativeBinomial()), Objectives.Elbo),
        "full" => (Mlp.With(posterior: Posteriors.FullNormal), Objectives.Elbo),
        "planar" => (Mlp.With(posterior: Posteriors.Transformed(Flows.Repeat(4, Flows.Planar))), Objectives.Elbo),
        "mixture" => (Mlp.With(prior: Priors.Mixture(10)), Objectives.Elbo),
        "vamp" => (Mlp.With(prior: Priors.Vamp(50)), Objectives.Elbo),
        "total correlation" => (Mlp, Objectives.TotalCorrelation(6)),
        "info-vae" => (Mlp, Objectives.InfoVae(0, 10)),
        "doubly reparameterized" => (Mlp,
            Objectives.ImportanceWeighted(5, gradient: EncoderGradients.DoublyReparameterized)),
        "mlp, weighted" => (Mlp, Objectives.ImportanceWeighted(5)),
        "beta" => (Mlp.With(likelihood: Likelihoods.Beta()), Objectives.Elbo),
        "logistics" => (Mlp.With(likelihood: Likelihoods.DiscretizedLogistic(5)), Objectives.Elbo),
        "autoregressive" => (
            Mlp.With(posterior: Posteriors.Transformed(Flows.Repeat(2, Flows.InverseAutoregressive(64)))), Objectives.Elbo),
        "sphere" => (WithDefaultPrior(Posteriors.VonMisesFisher), Objectives.Elbo),
        "categorical" => (WithDefaultPrior(Posteriors.Categorical(5)), Objectives.Elbo),
        "quantized" => (WithDefaultPrior(Posteriors.VectorQuantized(64, 4)), Objectives.Elbo),
        "conv, mixture" => (Zoo.Conv(Shape.Image(1, 28, 28)).With(prior: Priors.Mixture(10)), Objectives.Elbo),
        _ => (Mlp, Objectives.Elbo),
    };

    private static VaeSpec WithDefaultPrior(Posterior posterior) => Mlp.With(posterior: posterior, prior: Priors.Default(posterior));
}
