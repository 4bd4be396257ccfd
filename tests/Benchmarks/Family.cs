using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>A model and an objective of the family, to be trained by both steps.</summary>
internal sealed record Member(string Name, VaeSpec Spec, Objective Objective)
{
    private static readonly Shape Image = Match.Image;

    private static VaeSpec Mlp { get; } = Zoo.Mlp(Image);

    public static ValueList<Member> All { get; } =
    [
        new("mlp", Mlp, Objectives.Elbo),
        new("mlp-iwae", Mlp, Objectives.ImportanceWeighted(5)),
        new("learned-normal", Mlp.With(likelihood: Likelihoods.Normal(Scales.Learned)), Objectives.Elbo),
        new("laplace", Mlp.With(likelihood: Likelihoods.Laplace(Scales.Learned)), Objectives.Elbo),
        new("beta", Mlp.With(likelihood: Likelihoods.Beta()), Objectives.Elbo),
        new("negative-binomial", Mlp.With(likelihood: Likelihoods.NegativeBinomial()), Objectives.Elbo),
        new("logistics-5", Mlp.With(likelihood: Likelihoods.DiscretizedLogistic(5)), Objectives.Elbo),
        new("full", Mlp.With(posterior: Posteriors.FullNormal), Objectives.Elbo),
        new("planar-4", Mlp.With(posterior: Posteriors.Transformed(Flows.Repeat(4, Flows.Planar))), Objectives.Elbo),
        new("iaf-2", Mlp.With(posterior: Posteriors.Transformed(Flows.Repeat(2, Flows.InverseAutoregressive(64)))), Objectives.Elbo),
        new("sphere", Mlp.With(posterior: Posteriors.VonMisesFisher, prior: Priors.Default(Posteriors.VonMisesFisher)), Objectives.Elbo),
        new("categorical", Mlp.With(posterior: Posteriors.Categorical(5), prior: Priors.Default(Posteriors.Categorical(5))),
            Objectives.Elbo),
        new("quantized", Mlp.With(posterior: Posteriors.VectorQuantized(64, 4), prior: Priors.Default(Posteriors.VectorQuantized(64, 4))),
            Objectives.Elbo),
        new("mixture", Mlp.With(prior: Priors.Mixture(10)), Objectives.Elbo),
        new("vamp", Mlp.With(prior: Priors.Vamp(50)), Objectives.Elbo),
        new("beta-tc", Mlp, Objectives.TotalCorrelation(6)),
        new("info-vae", Mlp, Objectives.InfoVae(0, 10)),
        new("iwae-dreg", Mlp, Objectives.ImportanceWeighted(5, gradient: EncoderGradients.DoublyReparameterized)),
        new("conv-mixture", Zoo.Conv(Image).With(prior: Priors.Mixture(10)), Objectives.Elbo),
        new("burda", Zoo.Burda(Image), Objectives.Elbo),
        new("burda-iwae", Zoo.Burda(Image), Objectives.ImportanceWeighted(50)),
    ];
}

/// <summary>The compiled step against autograd over the same formulas, and against TorchSharp alone.</summary>
internal static class Family
{
    private const int StepsPerTurn = 4;

    /// <summary>Prints a table of medians over alternating turns.</summary>
    public static int Run(string? only, double seconds, int threads)
    {
        TorchRuntime.Load();
        set_num_threads(threads);
        Console.WriteLine($"{threads} threads; medians over alternating turns of {StepsPerTurn} steps; µs of processor time a step");
        Console.WriteLine($"{"",-18} {"batch",5} {"compiled",9} {"autograd",9} {"÷",6} {"baseline",9} {"÷",6} {"first step",11}");
        foreach (var member in Member.All.Where(member => only is null || only.Split(',').Contains(member.Name)))
            foreach (var batch in new[] { 128, 20 })
                Row(member, batch, seconds);
        return 0;
    }

    private static void Row(Member member, int batch, double seconds)
    {
        using var scope = NewDisposeScope();
        var train = new TrainSpec(
            1, batch, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never);
        var x = rand([batch, 1, 28, 28]).mul(255).round().div(255);
        if (member.Spec.Likelihood is Likelihood.NegativeBinomial)
            x = x.mul(8).round();
        using var compiled = new Trained(member, train, StepRoute.Compiled);
        using var autograd = new Trained(member, train, StepRoute.Autograd);
        using var baseline = FamilyBaseline.Find(member.Name);
        var watch = Stopwatch.StartNew();
        compiled.Step(x);
        var first = watch.Elapsed.TotalMilliseconds;
        List<Action> all = [() => compiled.Step(x), () => autograd.Step(x)];
        if (baseline is not null)
            all.Add(baseline.Training(x));
        var times = all.Select(_ => new List<double>()).ToArray();
        all.ForEach(step => step());
        for (watch.Restart(); watch.Elapsed.TotalSeconds < seconds || times[0].Count < 3;)
            for (var i = 0; i < all.Count; i++)
                times[i].Add(Turn(all[i]));
        Console.WriteLine(FormattableString.Invariant($"{member.Name,-18} {batch,5} {Median(times[0]),9:F0} {Median(times[1]),9:F0} ")
            + FormattableString.Invariant($"{Ratio(times, 1),6:F2} ")
            + (baseline is null ? $"{"–",9} {"–",6}" : FormattableString.Invariant($"{Median(times[2]),9:F0} {Ratio(times, 2),6:F2}"))
            + FormattableString.Invariant($" {first,8:F0} ms{compiled.Note}"));
    }

    private static double Ratio(List<double>[] times, int of) => Median(times[0].Zip(times[of], (a, b) => b / a));

    private static double Turn(Action step)
    {
        // The processor's time and not the clock's: other processes may run beside.
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < StepsPerTurn; i++)
            step();
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / StepsPerTurn;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private sealed class Trained : IDisposable
    {
        private readonly VaeModel model;
        private readonly OptimizerState state;
        private readonly ITrainingStep step;
        private readonly FlushedDenormals flushed = new();
        private long number;

        public Trained(Member member, TrainSpec train, StepRoute route)
        {
            model = new(member.Spec, 1);
            state = new(model.Weights);
            var products = KernelChoice.Matmul(
                new(member.Spec, member.Objective, new("any", Binarizations.None), train), new(route, "auto", Precision.Float32), CPU);
            (step, Note) = route == StepRoute.Autograd ? (new AutogradStep(model, state, member.Objective, train, 1000), "")
                : ((ITrainingStep)new CompiledStep(model, state, member.Objective, train, how: new(
                    1000, Kernels: MatmulBackends.WithKernels(products))), $"  {products}");
        }

        /// <summary>The backend of its products.</summary>
        public string Note { get; }

        public void Step(Tensor x) => step.Run(x, null, new(number++, 1e-3, 1, 0, Measured: number % Timetable.MeasureEvery == 0));

        public void Dispose()
        {
            step.Dispose();
            state.Dispose();
            model.Dispose();
            flushed.Dispose();
        }
    }
}
