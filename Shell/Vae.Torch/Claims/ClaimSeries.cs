using System.Diagnostics;

namespace Vae.Torch;

/// <summary>
/// Runs claims one after the other within a time. Several processes may work on one folder: each takes claims that no other has, and knows
/// the results of all that are done.
/// </summary>
/// <param name="folder">The folder of the runs.</param>
/// <param name="budget">Seconds; infinite for no limit.</param>
internal sealed class ClaimSeries(string folder, double budget)
{
    private readonly FolderLocks locks = new(folder);
    private readonly ClaimResults known = new(folder);
    private readonly List<ClaimResult> results = [];
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The results so far, in the order in which they came.</summary>
    public IReadOnlyList<ClaimResult> Results => results;

    /// <summary>The claims that another process has when <see cref="Run"/> ends.</summary>
    public ValueList<Claim> Elsewhere { get; private set; } = [];

    /// <summary>Runs claims until none is left that fits and that no other process has.</summary>
    /// <param name="claims">The claims, the quickest first.</param>
    /// <param name="measure">Trains and measures a claim.</param>
    /// <param name="done">Receives each result, also those of other processes.</param>
    public void Run(IEnumerable<Claim> claims, Func<Claim, ClaimResult> measure, Action<ClaimResult> done)
    {
        var left = ValueList.From(claims);
        for (var before = -1; left.Count > 0 && left.Count != before;)
        {
            (before, Elsewhere) = (left.Count, []);
            left = [.. left.Where(claim => !Try(claim, measure, done))];
        }
    }

    private bool Try(Claim claim, Func<Claim, ClaimResult> measure, Action<ClaimResult> done)
    {
        using var taken = locks.TryTake(claim.Name);
        if (taken is null)
        {
            Elsewhere = [.. Elsewhere, claim];
            return false;
        }
        if (known.Find(claim) is not { } result)
        {
            if (!ClaimRuns.Fits(claim, results, Stopwatch.GetElapsedTime(start).TotalSeconds, budget))
                return false;
            result = measure(claim);
            known.Write(result);
        }
        results.Add(result);
        done(result);
        return true;
    }
}
