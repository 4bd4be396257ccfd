using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Mixtures of normals fitted to codes, one mixture per class.</summary>
internal sealed class MixtureDraws : ICodeDraws
{
    private const int MaxSteps = 200;

    // Nats per code; a step that gains less is the last.
    private const double MinGain = 1e-4;

    // Rows per chunk, to bound the memory of a step.
    private const long Rows = 10_000;

    // The log-weight of a component of another class: probability 0, but finite.
    private const double Never = -1e9;

    private readonly NormalMixture all;
    private readonly double[] logWeights;
    private readonly int classes;

    private MixtureDraws(ValueList<NormalMixture> each)
    {
        classes = each.Count;
        all = new(
            ValueList.From(each.SelectMany(mixture => mixture.LogWeights)), ValueList.From(each.SelectMany(mixture => mixture.Means)),
            ValueList.From(each.SelectMany(mixture => mixture.Factors)));
        // One row per class: the weights of its own components, and no others.
        logWeights = [.. each.SelectMany((_, row) =>
            each.SelectMany((mixture, label) => mixture.LogWeights.Select(weight => label == row ? weight : Never)))];
    }

    public int Noise => NormalMixtures.Noise(all);

    public static MixtureDraws Fit(Sampler.Mixture sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var codes = source.Codes().to(ScalarType.Float64);
        return new(ValueList.From(Enumerable.Range(0, source.Classes).Select(label =>
        {
            var (own, random) = (source.Classes == 1 ? codes : Select(codes, source.IndicesOfClass(label)),
                KeyedRandom.FromSeed(source.Seed).Fold(label));
            return Fit(sampler.IsChosen ? MixtureSizes.Choose(sampler.Components, own, random, source.Stop) : sampler.Components,
                own, random, source.Stop);
        })));
    }

    /// <summary>Number of components, of all classes together.</summary>
    public int Components => all.Components;

    /// <summary>Fits a mixture by expectation–maximization until it converges. Codes [N, D], float64.</summary>
    public static NormalMixture Fit(int components, Tensor codes, KeyedRandom random, CancellationToken stop = default)
    {
        int count = (int)codes.shape[0], size = (int)codes.shape[1];
        var values = NdArray.FromValues(codes.ToDoubles(), count, size);
        var (mixture, floor) = (MixtureFits.Start(values, components, random), MixtureFits.VarianceFloor(values));
        var last = double.NegativeInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            stop.ThrowIfCancellationRequested();
            var moments = Moments(mixture, codes);
            var now = moments.LogLikelihood.Item / count;
            if (now - last < MinGain)
                break;
            (mixture, last) = (MixtureFits.Maximum(moments, mixture, floor), now);
        }
        return mixture;
    }

    public Tensor Draw(Tensor noise, Tensor? condition)
    {
        TorchTensor table = tensor(logWeights, noise.dtype).view(classes, all.Components).to(noise.device);
        return NormalMixtures.Sample<TorchTensor>(all, condition is null ? table : TorchTensor.MatMul(condition, table), noise);
    }

    public void Dispose()
    {
    }

    private static MixtureMoments<NdArray> Moments(NormalMixture mixture, Tensor codes)
    {
        int size = mixture.Size, components = mixture.Components;
        MixtureMoments<NdArray> sum = new(
            NdArray.Full(0, components), NdArray.Full(0, components, size), NdArray.Full(0, components, size * size), NdArray.Full(0, 1));
        for (long start = 0; start < codes.shape[0]; start += Rows)
        {
            using var scope = NewDisposeScope();
            var part = MixtureFits.Moments<TorchTensor>(mixture, codes.narrow(0, start, Math.Min(Rows, codes.shape[0] - start)));
            NdArray Read(TorchTensor values) => NdArray.FromValues(values.Tensor.ToDoubles(), values.Dims);
            sum = new(
                sum.Counts + Read(part.Counts), sum.Sums + Read(part.Sums), sum.Products + Read(part.Products),
                sum.LogLikelihood + Read(part.LogLikelihood));
        }
        return sum;
    }

    private static Tensor Select(Tensor codes, int[] rows) =>
        codes.index_select(0, tensor(Array.ConvertAll(rows, row => (long)row)).to(codes.device));
}
