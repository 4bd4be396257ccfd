using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ConcurrentReadTests
{
    private const int Threads = 8, Rounds = 5;

    // More than four whole batches: evaluation compiles its programs, whose buffers all threads would share.
    private const int Examples = 2100;

    public static TheoryData<string> Specs => ["unconditional", "label"];

    [Theory]
    [MemberData(nameof(Specs))]
    public void EachThreadGetsWhatItWouldGetAlone(string kind)
    {
        var spec = Samples.Tiny.Model.With(condition: kind == "label" ? Conditions.Label(3) : Conditions.None);
        using var model = new VaeModel(spec, 1);
        var data = Enumerable.Range(0, Threads).Select(i => Samples.Data(spec, train: Examples, seed: (ulong)i).Train).ToArray();
        var alone = data.Select((own, i) => Everything(model, own, (ulong)i)).ToArray();
        using var together = new Barrier(Threads);
        var found = OnThreads(Threads, i =>
        {
            together.SignalAndWait();
            return Enumerable.Range(0, Rounds).Select(_ => Everything(model, data[i], (ulong)i)).ToArray();
        });
        for (var i = 0; i < Threads; i++)
            Assert.All(found[i], round => Assert.InRange(alone[i].Zip(round, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5));
    }

    // Short calls: between the key of a draw and the draw there is time for another thread's.
    [Fact]
    public void SeedsOfDifferentThreadsDoNotMeet()
    {
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        double[] Drawn(int i)
        {
            using var scope = NewDisposeScope();
            return model.Sample(2, (ulong)i).ToDoubles();
        }
        var alone = Enumerable.Range(0, Threads).Select(Drawn).ToArray();
        using var together = new Barrier(Threads);
        var found = OnThreads(Threads, i =>
        {
            together.SignalAndWait();
            return Enumerable.Range(0, 500).Select(_ => Drawn(i)).ToArray();
        });
        for (var i = 0; i < Threads; i++)
            Assert.All(found[i], draws => Assert.Equal(alone[i], draws));
    }

    [Fact]
    public void ThreadsThatEndLeaveNoTensor()
    {
        var data = Samples.Data(Samples.Tiny.Model, train: Examples).Train;
        var before = Samples.HeldTensors();
        using (var model = new VaeModel(Samples.Tiny.Model, 1))
            OnThreads(4, _ => Everything(model, data, 1));
        Assert.Equal(before, Tensor.TotalCount);
    }

    // Threads of their own, not of a pool that may run one after the other.
    private static T[] OnThreads<T>(int count, Func<int, T> work) => Task.WhenAll(Enumerable.Range(0, count)
        .Select(i => Task.Factory.StartNew(() => work(i), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
        .GetAwaiter().GetResult();

    // Whatever a server asks of a model: codes, reconstructions, samples and scores.
    private static double[] Everything(VaeModel model, Dataset data, ulong seed)
    {
        using var scope = NewDisposeScope();
        var x = Samples.Inputs(model.Spec, 700, seed);
        var z = Samples.Draws(seed, Purpose.Prior, 700, model.Spec.Latent);
        var c = model.Spec.Condition is Condition.Label label
            ? eye(label.Classes).index_select(0, arange(700).remainder(tensor(label.Classes))) : null;
        var evaluator = new Evaluator(model, data, Binarizations.Stochastic, seed);
        return [
            .. model.Encode(x, c).ToDoubles(), .. model.Decode(z, c).ToDoubles(), .. model.DecodeMean(z, c).ToDoubles(),
            .. model.Reconstruct(x, c).ToDoubles(), .. model.Sample(700, seed, c).ToDoubles(),
            .. evaluator.Encode().Means.ToArray(), .. evaluator.TermsOfEach().Select(terms => terms.Reconstruction),
            .. evaluator.NllOfEach(5), .. evaluator.KlPerLatent(), .. c is null ? OfRows(model, x, seed) : []];
    }

    private static double[] OfRows(VaeModel model, Tensor x, ulong seed)
    {
        var rows = new float[x.shape[0], x.shape[1]];
        Buffer.BlockCopy(x.ToFloats(), 0, rows, 0, sizeof(float) * rows.Length);
        var scores = model.Score(rows, new(Draws: 2, ImportanceSamples: 2, Seed: seed));
        return [
            .. model.Codes(rows).Cast<float>(), .. model.ReconstructRows(rows).Cast<float>(), .. model.DrawRows(50, seed).Cast<float>(),
            .. scores.NegElbo, .. scores.NegLogLikelihood];
    }
}
