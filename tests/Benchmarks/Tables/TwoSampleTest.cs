using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vae.Benchmarks;

/// <summary>How well a network with two hidden layers tells two tables apart: 0.5 if it cannot; Lopez-Paz &amp; Oquab 2017.</summary>
internal static class TwoSampleTest
{
    private const int Hidden = 64, Batch = 256, Epochs = 20;

    /// <summary>The area under the ROC curve on the halves of both that were not trained on.</summary>
    public static double Area(IReadOnlyList<string[]> real, IReadOnlyList<string[]> synthetic, int seed)
    {
        manual_seed(seed);
        using var scope = NewDisposeScope();
        var features = new Features(real);
        Tensor a = Rows(features, real), b = Rows(features, synthetic);
        var (x, y) = (cat([Half(a, 0), Half(b, 0)]), cat([zeros(Length(a), 1), ones(Length(b), 1)]));
        using var net = Sequential(Linear(x.shape[1], Hidden), ReLU(), Linear(Hidden, Hidden), ReLU(), Linear(Hidden, 1));
        using var adam = optim.Adam(net.parameters(), 2e-3, weight_decay: 1e-4);
        for (var epoch = 0; epoch < Epochs; epoch++)
            Pass(net, adam, x, y);
        using var noGrad = no_grad();
        return RocCurves.Area(Scores(net, Half(b, 1)), Scores(net, Half(a, 1)));
    }

    private static void Pass(Module<Tensor, Tensor> net, optim.Optimizer adam, Tensor x, Tensor y)
    {
        using var scope = NewDisposeScope();
        foreach (var part in randperm(x.shape[0]).split(Batch))
        {
            adam.zero_grad();
            functional.binary_cross_entropy_with_logits(net.call(x.index_select(0, part)), y.index_select(0, part)).backward();
            adam.step();
        }
    }

    private static long Length(Tensor rows) => rows.shape[0] / 2;

    private static Tensor Half(Tensor rows, int which) => rows.narrow(0, which * Length(rows), Length(rows));

    private static double[] Scores(Module<Tensor, Tensor> net, Tensor rows) =>
        [.. net.call(rows).data<float>().ToArray().Select(score => (double)score)];

    private static Tensor Rows(Features features, IReadOnlyList<string[]> rows)
    {
        var (values, width) = features.Of(rows);
        return tensor(values).view(-1, width);
    }
}
