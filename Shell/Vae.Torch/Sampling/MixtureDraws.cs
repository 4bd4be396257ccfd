using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Draws from mixtures of normals that were fitted to codes, one for each class.</summary>
internal sealed class MixtureDraws : ICodeDraws
{
    private const int MaxSteps = 200;

    // In nats per code: what a step must gain for another to follow.
    private const double MinGain = 1e-4;

    // Rows that are held with all that a step needs of them.
    private const long Rows = 10_000;

    // What is never drawn: far below any weight, and no infinity.
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
        // A row for each class, with the weights of its own components.
        logWeights = [.. each.SelectMany((_, row) => each.SelectMany((mixture, of) => mixture.LogWeights.Select(weight => of == row ? weight : Never)))];
    }

    public int Noise => NormalMixtures.Noise(all);

    public static MixtureDraws Fit(Sampler.Mixture sampler, CodeSource source)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var codes = source.Codes().to(ScalarType.Float64);
        return new(ValueList.From(Enumerable.Range(0, source.Classes).Select(of =>
            Fit(sampler.Components, source.Classes == 1 ? codes : Select(codes, source.IndicesOfClass(of)), KeyedRandom.FromSeed(source.Seed).Fold(of), source.Stop))));
    }

    /// <summary>Expectation–maximization until it gains nothing more. Codes [N, D], float64.</summary>
    public static NormalMixture Fit(int components, Tensor codes, KeyedRandom random, CancellationToken stop = default)
    {
        int count = (int)codes.shape[0], size = (int)codes.shape[1];
        var values = NdArray.FromValues(codes.ToDoubles(), count, size);
        var (mixture, floor, last) = (MixtureFits.Start(values, components, random), MixtureFits.VarianceFloor(values), double.NegativeInfinity);
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
        MixtureMoments<NdArray> sum = new(NdArray.Full(0, components), NdArray.Full(0, components, size), NdArray.Full(0, components, size * size), NdArray.Full(0, 1));
        for (long start = 0; start < codes.shape[0]; start += Rows)
        {
            using var scope = NewDisposeScope();
            var part = MixtureFits.Moments<TorchTensor>(mixture, codes.narrow(0, start, Math.Min(Rows, codes.shape[0] - start)));
            NdArray Read(TorchTensor of) => NdArray.FromValues(of.Tensor.ToDoubles(), of.Dims);
            sum = new(sum.Counts + Read(part.Counts), sum.Sums + Read(part.Sums), sum.Products + Read(part.Products), sum.LogLikelihood + Read(part.LogLikelihood));
        }
        return sum;
    }

    private static Tensor Select(Tensor codes, int[] rows) => codes.index_select(0, tensor(Array.ConvertAll(rows, row => (long)row)).to(codes.device));
}
