using Vae.Torch;

namespace Vae.Cli;

/// <summary>Scored examples.</summary>
/// <param name="Data">The examples.</param>
/// <param name="Scores">One for each.</param>
/// <param name="Shares">The shares of their columns; empty if they are not needed.</param>
internal sealed record ScoredRows(Dataset Data, ValueList<AnomalyScore> Scores, ValueList<AnomalyShare> Shares)
{
    /// <summary>Scores examples, with the shares of their columns if these are needed.</summary>
    public static ScoredRows Measure(EvaluationInput input, int samples, bool hasShares, CancellationToken stop)
    {
        var shares = hasShares ? AnomalyShares.Measure(input, samples, stop) : [];
        var scores = Anomalies.Scores(input, samples, stop);
        // The bound that is shared out is that of the draws which the shares are from.
        return new(input.Data, shares.Count == 0 || !Posteriors.HasDensity(input.Model.Spec.Posterior) ? scores
            : ValueList.From(scores.Zip(shares, (score, share) => score with { Nll = share.Score })), shares);
    }

    /// <summary>The same examples, scored by the ranks of their shares.</summary>
    public ScoredRows By(AnomalyRanks ranks)
    {
        var ranked = ValueList.From(RowShares.Of(Data, Shares).Select(ranks.Rank));
        return new(Data, ValueList.From(Scores.Zip(ranked, (score, share) => score with { Ranks = share.Score })), ranked);
    }

    /// <summary>The examples that are of none of some classes: anomalies that were excluded from training are not ordinary.</summary>
    public ScoredRows Without(ValueList<string> classes)
    {
        int[] kept = [.. Enumerable.Range(0, Scores.Count).Where(i => !classes.Contains(Scores[i].Class))];
        return kept.Length == Scores.Count ? this
            : new(Data.Take(kept), ValueList.From(kept.Select(i => Scores[i])),
                Shares.Count == 0 ? [] : ValueList.From(kept.Select(i => Shares[i])));
    }
}
