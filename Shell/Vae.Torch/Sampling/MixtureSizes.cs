using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Chooses the number of components of a mixture by cross-validation; Smyth 2000.</summary>
internal static class MixtureSizes
{
    private const int Folds = 5, MaxCodes = 2000;

    // More components are not tried after this many sizes that are worse.
    private const int Patience = 2;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100];

    /// <summary>
    /// The largest size whose mean log-density, of codes that the mixtures were not fitted to, is within one standard error of the highest:
    /// of sizes that predict equally well, more components follow the codes more closely.
    /// </summary>
    /// <param name="max">The most components; ≥ 1.</param>
    /// <param name="codes">[N, D], float64; at most 2,000 of them are used.</param>
    /// <param name="random">Divides the codes.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static int Choose(int max, Tensor codes, KeyedRandom random, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var (count, size) = ((int)codes.shape[0], (int)codes.shape[1]);
        long[] order = [.. Enumerable.Range(0, count).OrderBy(row => random.Fold(-1).Bits(row)).Take(MaxCodes).Select(row => (long)row)];
        var most = Math.Min(max, order.Length * (Folds - 1) / Folds / (size + 1));
        List<(int Components, Summary Density)> tried = [];
        bool IsGood((int Components, Summary Density) one) => tried.MaxBy(other => other.Density.Mean).Density is var best
            && one.Density.Mean >= best.Mean - best.Deviation / Math.Sqrt(best.Count);
        foreach (var components in Sizes.Append(most).Where(components => components <= most).Distinct().Order())
        {
            tried.Add((components, Summaries.Summarize(
                [.. Enumerable.Range(0, Folds).SelectMany(fold => HeldOut(components, codes, order, (fold, random), stop))])));
            if (tried.Count > Patience && !tried.TakeLast(Patience).Any(IsGood))
                break;
        }
        return tried.Count == 0 ? 1 : tried.Last(IsGood).Components;
    }

    // The log-densities of the codes of one fold under a mixture of the others.
    private static double[] HeldOut(
        int components, Tensor codes, long[] order, (int Fold, KeyedRandom Random) part, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        Tensor Rows(bool held) => codes.index_select(
            0, tensor([.. order.Where((_, i) => i % Folds == part.Fold == held)]).to(codes.device));
        var mixture = MixtureDraws.Fit(components, Rows(held: false), part.Random.Fold(part.Fold), stop);
        return NormalMixtures.LogDensity<TorchTensor>(mixture, Rows(held: true)).Tensor.ToDoubles();
    }
}
