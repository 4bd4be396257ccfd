using System.Text.Json.Nodes;
using Vae.Torch;

namespace Vae.Cli.Tests;

public sealed class ClaimSeriesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("vae-claim-series-").FullName;
    private readonly List<string> done = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ValueList<Claim> Claims(params string[] names) => ValueList.From(names.Select(name => new Claim(
        name, "nowhere", "nats", "none", ClaimTier.Short, 1, Better.Lower, 1, "negElbo",
        [TrainRecipes.Default(Zoo.Mlp(Shape.Image(1, 28, 28), 2, 4), "digits", epochs: 1)], [], "", null, null, null, 1, null)));

    private ClaimSeries Run(
        int width, ValueList<Claim> claims, Func<Claim, CancellationToken, ClaimResult> measure, CancellationToken stop = default)
    {
        var series = new ClaimSeries(folder, double.PositiveInfinity, width);
        series.Run(claims, measure, result => done.Add(result.Claim.Name), stop);
        return series;
    }

    private static ClaimResult Result(Claim claim) => new(claim, 0, null, 1, true);

    [Fact]
    public void ClaimsRunSideBySide()
    {
        using var both = new Barrier(2);
        var series = Run(2, Claims("a", "b", "c", "d"), (claim, _) =>
        {
            Assert.True(both.SignalAndWait(Patience));
            return Result(claim);
        });
        Assert.Equal(["a", "b", "c", "d"], done.Order());
        Assert.Equal(done, series.Results.Select(result => result.Claim.Name));
        Assert.Empty(series.Elsewhere);
    }

    [Theory]
    [InlineData(1), InlineData(2)]
    public void NoMoreRunAtATimeThanMay(int width)
    {
        var (now, most) = (0, 0);
        Run(width, Claims("a", "b", "c", "d", "e"), (claim, _) =>
        {
            lock (done)
                most = Math.Max(most, ++now);
            Thread.Sleep(50);
            lock (done)
                now--;
            return Result(claim);
        });
        Assert.InRange(most, 1, width);
    }

    [Fact]
    public void OneAtATimeTheyRunInTheirOrderAndEachIsKnownBeforeTheNextBegins()
    {
        Run(1, Claims("c", "a", "b"), (claim, _) =>
        {
            done.Add($"{claim.Name} begins");
            return Result(claim);
        });
        Assert.Equal(["c begins", "c", "a begins", "a", "b begins", "b"], done);
    }

    [Fact]
    public void TheFirstThatFailsEndsTheOthersAndIsNamed()
    {
        using var bothRun = new Barrier(2);
        var error = Assert.Throws<VaeException>(() => Run(2, Claims("bad", "good", "never"), (claim, end) =>
        {
            Assert.True(bothRun.SignalAndWait(Patience));
            if (claim.Name == "bad")
                throw new VaeException("bad: must be good");
            Assert.True(end.WaitHandle.WaitOne(Patience));
            throw new OperationCanceledException(end);
        }));
        Assert.Equal("bad: must be good", error.Message);
        Assert.Empty(done);
    }

    [Fact]
    public void AStopReachesTheClaimsThatRun()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Run(1, Claims("a", "b"), (claim, end) =>
        {
            stop.Cancel();
            end.ThrowIfCancellationRequested();
            return Result(claim);
        }, stop.Token));
        Assert.Empty(done);
    }

    // Of several claims on two cores and more, each has its share of them, and none has less than it was given.
    [Theory]
    [InlineData(14, "cpu", 0, 2, 2, 1), InlineData(14, "cpu", 1, 2, 2, 1), InlineData(14, "cpu", 2, 2, 1, 2)]
    [InlineData(14, "cpu", 4, 2, 1, 4), InlineData(14, "cpu", 0, 64, 14, 4), InlineData(14, "cpu", 8, 64, 8, 8)]
    [InlineData(14, "cpu", 0, 1, 1, 0)]
    [InlineData(1, "cpu", 0, 16, 1, 0), InlineData(0, "cpu", 0, 16, 1, 0), InlineData(14, "cuda:1", 0, 16, 1, 0)]
    public void CoresAreSharedOut(int claims, string device, int threads, int cores, int width, int each) =>
        Assert.Equal((width, each), ClaimCommand.Share(claims, device, threads, cores));

    [Fact]
    public void LinesOfClaimsSideBySideNameTheirClaim()
    {
        var claim = Claims("some")[0];
        string[] Lines(bool json)
        {
            using var output = new StringWriter();
            ClaimTables.Train(output, json, alone: false, claim, progress =>
            {
                foreach (var value in Events.Run)
                    progress.Report(value);
                return Result(claim);
            });
            return output.ToString().Trim().ReplaceLineEndings("\n").Split('\n');
        }
        Assert.All(Lines(json: false), line => Assert.StartsWith("some: ", line));
        Assert.All(Lines(json: true), line => Assert.Equal("some", (string?)JsonNode.Parse(line)!["claim"]));
    }
}
