using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The kernels of a compiled step against libtorch. Where the processor has no AVX-512, both are libtorch.</summary>
public class StepKernelTests
{
    private static readonly Shape Image = Shape.Image(1, 9, 9);

    public static TheoryData<int, int, int> Sizes => new()
    {
        { 16, 16, 32 }, { 17, 19, 33 }, { 20, 50, 200 }, { 20, 784, 31 }, { 31, 16, 10 }, { 45, 113, 64 }, { 128, 40, 47 }, { 230, 33, 90 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void ProductsOfALayerAreThoseOfDoublePrecision(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        DenseSizes sizes = new(rows, inputs, outputs);
        Tensor x = Noise(0, rows, inputs), weight = Noise(1, outputs, inputs), bias = Noise(2, outputs), dy = Noise(3, rows, outputs);
        Check(DenseKernels.Forward("x", "w", "b", "y", sizes), [x, weight, bias], [rows, outputs], at => at[0].mm(at[1].t()) + at[2]);
        Check(DenseKernels.OfWeight("dy", "x", "dw", sizes), [dy, x], [outputs, inputs], at => at[0].t().mm(at[1]));
        Check(DenseKernels.OfInput("dy", "w", "dx", sizes), [dy, weight], [rows, inputs], at => at[0].mm(at[1]));
        if ((rows, inputs, outputs) == (20, 50, 200))
            Assert.DoesNotContain(null, new StepKernel?[]
            {
                DenseKernels.Forward("x", "w", "b", "y", sizes), DenseKernels.OfWeight("dy", "x", "dw", sizes),
                DenseKernels.OfInput("dy", "w", "dx", sizes), DenseKernels.OfBias("dy", "db", sizes),
            });
        Check(DenseKernels.OfBias("dy", "db", sizes), [dy], [outputs], at => at[0].sum([0L]));
    }

    [Fact]
    public void ActivationsAndTheirDerivativesAreThoseOfDoublePrecision()
    {
        using var scope = NewDisposeScope();
        var x = cat([linspace(-100, 100, 2001), linspace(-1, 1, 20_000), tensor(new[] { 0f, 1e-30f, float.PositiveInfinity })]);
        var dy = Noise(4, x.size(0));
        var (tanh, relu) = (ActivationKernels.Of<VectorTanh>(x.size(0)), ActivationKernels.Of<VectorRelu>(x.size(0)));
        Check(tanh.Forward("x", "y"), [x], x.shape, at => at[0].tanh());
        Check(relu.Forward("x", "y"), [dy], x.shape, at => at[0].relu(), within: 0);
        Check(tanh.Adjoint("dy", "y", "dx"), [dy, x.tanh()], x.shape, at => at[0] * (1 - at[1] * at[1]));
        Check(relu.Adjoint("dy", "y", "dx"), [dy, x.relu()], x.shape, at => at[0] * (at[1] > 0).to(ScalarType.Float64), within: 0);
    }

    [Fact]
    public void WhatIsNotANumberStaysSo()
    {
        using var scope = NewDisposeScope();
        var x = full(40, float.NaN);
        foreach (var kernel in new[]
            { ActivationKernels.Of<VectorTanh>(40).Forward("x", "y"), ActivationKernels.Of<VectorRelu>(40).Forward("x", "y") })
            Assert.True(!Tiles.AreSupported || Run(kernel, [x], [40]).isnan().all().ToBoolean());
    }

    public static TheoryData<string> Models => [
        "mlp", "burda", "weighted", "adamw", "clipped", "averaged", "gated", "residual", "dropout", "condition", "conv", "mixture", "vamp",
        "iaf", "beta"];

    [Theory, MemberData(nameof(Models))]
    public void AStepIsThatOfLibtorch(string name)
    {
        var (spec, objective, train) = Find(name);
        using var scope = NewDisposeScope();
        using Trained plain = new(spec, objective, train, kernels: false), kernels = new(spec, objective, train, kernels: true);
        // Weights of samples magnify the rounding of their logarithms: any two orders of summation differ by so much.
        var within = name == "weighted" ? 1e-4 : 1e-5;
        // The last step has a batch of another size, too small for most kernels.
        foreach (var (number, examples) in new[] { (0, 20), (1, 20), (2, 7) })
        {
            plain.Step(number, examples);
            kernels.Step(number, examples);
            Assert.InRange(PairedRuns.Distance(plain.Model.Weights.Gradient, kernels.Model.Weights.Gradient), 0, within);
            using var noGrad = no_grad();
            // Adam divides gradients near 0 by their size, so that weights differ by more than gradients.
            Assert.InRange(PairedRuns.Distance(plain.Model.Weights.Flat, kernels.Model.Weights.Flat), 0, 1e-4);
            kernels.Model.Weights.Flat.copy_(plain.Model.Weights.Flat);
        }
        Assert.InRange(PairedRuns.Distance(plain.State.Second, kernels.State.Second), 0, 1e-4);
        Assert.Equal(plain.State.Steps.ToDoubles(), kernels.State.Steps.ToDoubles());
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("burda")]
    public void AllProductsOfAStepAreKernels(string name)
    {
        var (spec, objective, train) = Find(name);
        var program = CompiledProgram.Compile(spec, objective, train, 20);
        Assert.All(program.Statements, statement =>
            Assert.True(statement.Kernel is not null || !statement.Text.Contains("torch.mm(", StringComparison.Ordinal), statement.Text));
        using (Trained plain = new(spec, objective, train, kernels: false), kernels = new(spec, objective, train, kernels: true))
        {
            plain.Step(0, 20);
            kernels.Step(0, 20);
            Assert.Equal((1, 0), plain.PartCounts);
            // Four layers: outputs, weights, biases, and inputs of all but the first; activations; Adam.
            Assert.InRange(kernels.PartCounts.Kernels, Tiles.AreSupported ? 4 + 4 + 4 + 3 + 4 + 1 : 0, int.MaxValue);
        }
        Assert.True(KernelChoice.IsSmall(new(spec, objective, new("any", Binarizations.None), train)));
        Assert.False(KernelChoice.IsSmall(new(
            Zoo.Conv(Shape.Image(1, 28, 28)), objective, new("any", Binarizations.None), train)));
    }

    [Fact]
    public async Task StepsOnSeveralThreadsAtOnceHaveTheBitsOfOneAlone()
    {
        var expected = Trained5();
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            Trained5, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.All(all, weights => Assert.Equal(expected, weights));
    }

    private static float[] Trained5()
    {
        var (spec, objective, train) = Find("burda");
        using var scope = NewDisposeScope();
        using var flushed = new FlushedDenormals();
        using var trained = new Trained(spec, objective, train, kernels: true);
        for (var i = 0; i < 5; i++)
            trained.Step(i, 20);
        return trained.Model.Weights.Flat.ToFloats();
    }

    private static (VaeSpec Spec, Objective Objective, TrainSpec Train) Find(string name)
    {
        VaeSpec mlp = Zoo.Mlp(Image), burda = Zoo.Burda(Image);
        var train = PairedRuns.Train(20);
        Network Layered(params Layer[] layers) => new([Layers.Flatten, .. layers], Heads.Dense);
        return name switch
        {
            "burda" => (burda, Objectives.Elbo, train),
            "weighted" => (burda, Objectives.ImportanceWeighted(5), train),
            "adamw" => (burda, Objectives.Elbo, PairedRuns.Train(20, Optimizers.AdamW(0.1))),
            "clipped" => (burda, Objectives.Elbo, PairedRuns.Train(20, clipping: Clippings.Norm(0.1))),
            "averaged" => (mlp, Objectives.Elbo, PairedRuns.Train(20, averaging: Averagings.Exponential(0.9))),
            "gated" => (mlp.With(encoder: Layered(Layers.GatedLinear(40))), Objectives.Elbo, train),
            "residual" => (mlp.With(encoder: Layered(Layers.Linear(40), Layers.Residual([Layers.Linear(40), Layers.Tanh]))),
                Objectives.Elbo, train),
            "dropout" => (mlp.With(encoder: Layered(Layers.Linear(40), Layers.Dropout(0.3), Layers.Relu)), Objectives.Elbo, train),
            "condition" => (mlp.With(condition: Conditions.Label(10)), Objectives.Elbo, train),
            "conv" => (Zoo.Conv(Shape.Image(1, 12, 12)), Objectives.Elbo, train),
            "mixture" => (mlp.With(prior: Priors.Mixture(3)), Objectives.Elbo, train),
            "vamp" => (mlp.With(prior: Priors.Vamp(20)), Objectives.Elbo, train),
            "iaf" => (mlp.With(posterior: Posteriors.Transformed(Flows.Repeat(2, Flows.InverseAutoregressive(32)))), Objectives.Elbo, train),
            "beta" => (burda.With(likelihood: Likelihoods.Beta()), Objectives.Elbo, train),
            _ => (mlp, Objectives.Elbo, train),
        };
    }

    private static void Check(StepKernel? kernel, Tensor[] given, long[] dims, Func<Tensor[], Tensor> exact, double within = 1e-6)
    {
        if (kernel is null || !Tiles.AreSupported)
            return;
        var expected = exact([.. given.Select(tensor => tensor.to(ScalarType.Float64))]);
        Assert.InRange(PairedRuns.Distance(expected, Run(kernel, given, dims).to(ScalarType.Float64)), 0, within);
    }

    private static Tensor Run(StepKernel kernel, Tensor[] given, long[] dims)
    {
        var result = full(dims, float.NaN);
        using var part = new KernelPart(kernel, [.. given.Append(result).Select(tensor => ("", tensor))]);
        part.Run(false);
        return result;
    }

    private static Tensor Noise(int step, params long[] dims)
    {
        using var noise = new KeyedNoise(5, CPU);
        var drawn = empty(dims);
        noise.Normal(drawn, Purpose.Evaluate, step);
        return drawn;
    }

    private sealed class Trained : IDisposable
    {
        private readonly CompiledStep step;
        private readonly Tensor x;
        private readonly Tensor? condition;

        public Trained(VaeSpec spec, Objective objective, TrainSpec train, bool kernels)
        {
            Model = new(spec, 1);
            State = new(Model.Weights);
            step = new(Model, State, objective, train, how: new(Kernels: kernels));
            x = rand([20, .. spec.Input.Dims.Select(dim => (long)dim)], generator: new Generator(1)).mul(0.98).add(0.01);
            condition = Wiring.ConditionWidth(spec) is var width and > 0 ? Noise(9, 20, width) : null;
        }

        public VaeModel Model { get; }

        public OptimizerState State { get; }

        public (int Calls, int Kernels) PartCounts => step.PartCounts;

        public void Step(int number, int examples)
        {
            using var scope = NewDisposeScope();
            step.Run(x.narrow(0, 0, examples), condition?.narrow(0, 0, examples), new(number, 1e-3, 0.7, 0, Measured: number == 0));
        }

        public void Dispose()
        {
            step.Dispose();
            State.Dispose();
            Model.Dispose();
        }
    }
}
