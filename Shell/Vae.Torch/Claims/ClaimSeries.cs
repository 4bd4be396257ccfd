using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace Vae.Torch;

/// <summary>
/// Runs claims within a time, some of them side by side. Several processes may work on one folder: each takes claims that no other has,
/// and knows the results of all that are done.
/// </summary>
/// <param name="folder">The folder of the runs.</param>
/// <param name="budget">Seconds; infinite for no limit.</param>
/// <param name="width">The most claims that run at a time; at least 1.</param>
internal sealed class ClaimSeries(string folder, double budget, int width)
{
    private readonly FolderLocks locks = new(folder);
    private readonly ClaimResults known = new(folder);
    private readonly Lock gate = new();
    private readonly List<ClaimResult> results = [];
    private readonly List<Claim> elsewhere = [];
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The results in the order in which they came, when <see cref="Run"/> has ended.</summary>
    public IReadOnlyList<ClaimResult> Results => results;

    /// <summary>The claims that another process has when <see cref="Run"/> ends.</summary>
    public IReadOnlyList<Claim> Elsewhere => elsewhere;

    /// <summary>Runs claims until none is left that fits and that no other process has.</summary>
    /// <param name="claims">The claims, the quickest first.</param>
    /// <param name="measure">Trains and measures a claim, several at a time.</param>
    /// <param name="done">Receives each result, also those of other processes, one at a time.</param>
    /// <param name="stop">Stops the claims that run.</param>
    public void Run(
        IEnumerable<Claim> claims, Func<Claim, CancellationToken, ClaimResult> measure, Action<ClaimResult> done,
        CancellationToken stop = default)
    {
        var left = ValueList.From(claims);
        for (var before = -1; left.Count > 0 && left.Count != before;)
        {
            before = left.Count;
            elsewhere.Clear();
            Pass(left, measure, done, stop);
            left = [.. left.Except(results.Select(result => result.Claim))];
        }
    }

    /// <summary>Tries each claim once. The first that fails ends the others.</summary>
    private void Pass(
        ValueList<Claim> claims, Func<Claim, CancellationToken, ClaimResult> measure, Action<ClaimResult> done, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            Parallel.ForEach(
                Partitioner.Create(claims, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = width },
                claim => Try(claim, measure, done, end));
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(
                all.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) ?? all.InnerExceptions[0]);
        }
    }

    private void Try(
        Claim claim, Func<Claim, CancellationToken, ClaimResult> measure, Action<ClaimResult> done, CancellationTokenSource end)
    {
        try
        {
            using var taken = locks.TryTake(claim.Name);
            if (taken is null)
                lock (gate)
                    elsewhere.Add(claim);
            else if (known.Find(claim) is { } result)
                Keep(result, done);
            else if (Fits(claim))
            {
                result = measure(claim, end.Token);
                known.Write(result);
                Keep(result, done);
            }
        }
        catch
        {
            end.Cancel();
            throw;
        }
    }

    private bool Fits(Claim claim)
    {
        lock (gate)
            return ClaimRuns.Fits(claim, results, Stopwatch.GetElapsedTime(start).TotalSeconds, budget);
    }

    private void Keep(ClaimResult result, Action<ClaimResult> done)
    {
        lock (gate)
        {
            results.Add(result);
            done(result);
        }
    }
}
