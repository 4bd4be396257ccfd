using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Chooses the number of components of a mixture by cross-validation; Smyth 2000.</summary>
internal static class MixtureSizes
{
    private const int Folds = 5, MaxCodes = 2000;

    // More components are not tried after this many sizes without a gain.
    private const int Patience = 2;

    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100];

    /// <summary>The size whose mixtures give the codes that they were not fitted to the highest mean log-density.</summary>
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
        var (best, highest, waited) = (1, double.NegativeInfinity, 0);
        foreach (var components in Sizes.Append(most).Where(components => components <= most).Distinct().Order())
        {
            var density = Enumerable.Range(0, Folds).Average(fold => HeldOut(components, codes, order, (fold, random), stop));
            (best, highest, waited) = density > highest ? (components, density, 0) : (best, highest, waited + 1);
            if (waited == Patience)
                break;
        }
        return best;
    }

    // The mean log-density of the codes of one fold under a mixture of the others.
    private static double HeldOut(
        int components, Tensor codes, long[] order, (int Fold, KeyedRandom Random) part, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        Tensor Rows(bool held) => codes.index_select(
            0, tensor([.. order.Where((_, i) => i % Folds == part.Fold == held)]).to(codes.device));
        var mixture = MixtureDraws.Fit(components, Rows(held: false), part.Random.Fold(part.Fold), stop);
        var rest = Rows(held: true);
        return MixtureDraws.Moments(mixture, rest).LogLikelihood.Item / rest.shape[0];
    }
}
