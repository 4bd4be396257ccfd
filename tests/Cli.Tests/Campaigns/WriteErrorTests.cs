using Vae.Torch;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>
/// The disk fails at each operation in turn that a command changes it by. What was there stays, the message names the file, nothing
/// half-written is left, and a run goes on as if nothing had happened. Some of the operations are tried; all of them with
/// VAE_WRITE_ERRORS=100000, which is the most operations of a command.
/// </summary>
public sealed class WriteErrorTests(TinyRuns runs, ITestOutputHelper output) : IClassFixture<TinyRuns>, IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    public static TheoryData<string> Trainings => [.. TinyRuns.Trainings];

    public static TheoryData<string> Answers => [.. TinyRuns.Answers];

    [Theory, MemberData(nameof(Trainings))]
    public void ATrainingGoesOnWhereTheDiskFailed(string kind)
    {
        var (start, whole, place) = (cli.Path("start"), cli.Path("whole"), cli.Path("place"));
        Campaign.Copy(runs.Start(kind), start);
        var count = Operations(start, whole, runs.Line(kind, whole));
        Assert.True(count > 0, $"{kind}: changes nothing on the disk");
        var wanted = Campaign.Computed(whole);
        var tried = 0;
        foreach (var number in Campaign.Spread(count, Campaign.Number("VAE_WRITE_ERRORS", 1)))
        {
            var (before, failed) = (Campaign.Content(start), Fail(start, place, runs.Line(kind, place), number, lasts: ++tried % 2 == 0));
            var after = Campaign.Content(place);
            Assert.All(before.Keys, name => Assert.True(after.ContainsKey(name), $"{failed.Failed}: {name} is lost"));
            Campaign.Loads(place);
            var again = Cli.Call(runs.Continued(kind, place));
            Assert.True(again.Code == 0, $"{failed.Failed}: {again.Error}");
            Campaign.Same(wanted, Campaign.Computed(place), failed.Failed);
        }
        Campaign.Print(output, $"{kind}: {tried} of {count} operations failed, no file was lost, each run went on");
    }

    [Theory, MemberData(nameof(Answers))]
    public void AnAnswerIsWholeOrAsItWas(string command)
    {
        // One place for all, since pages and pictures may show its name.
        var (start, place) = (cli.Path("start"), cli.Path("place"));
        Campaign.Copy(runs.Start(command), start);
        var count = Operations(start, place, runs.Line(command, place));
        Assert.True(count > 0, $"{command}: changes nothing on the disk");
        var made = Campaign.Content(place);
        // What is written has been there before, as something else.
        var first = Campaign.Content(start);
        foreach (var (name, _) in made.Where(file => !first.TryGetValue(file.Key, out var old) || !old.SequenceEqual(file.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(start, name))!);
            File.WriteAllText(Path.Combine(start, name), "old");
        }
        var (before, tried) = (Campaign.Content(start), 0);
        foreach (var number in Campaign.Spread(count, Campaign.Number("VAE_WRITE_ERRORS", 1)))
        {
            var failed = Fail(start, place, runs.Line(command, place), number, lasts: ++tried % 2 == 0);
            var after = Campaign.Content(place);
            Assert.Equal(before.Keys, after.Keys);
            // Of several files, those before the one that failed are new.
            Assert.All(after, file => Assert.True(file.Value.SequenceEqual(before[file.Key])
                || failed.Path != Path.Combine(place, file.Key) && file.Value.SequenceEqual(made[file.Key]),
                $"{failed.Failed}: {file.Key}"));
        }
        Campaign.Print(output, $"{command}: {tried} of {count} operations failed, no file was lost");
    }

    private static int Operations(string start, string folder, string[] line)
    {
        Campaign.Copy(start, folder);
        using var disk = new FailingDisk(folder);
        TinyRuns.Good(line);
        return disk.Count;
    }

    private FailingDisk Fail(string start, string folder, string[] line, int first, bool lasts)
    {
        Campaign.Copy(start, folder);
        using var disk = new FailingDisk(folder, first, lasts);
        var called = Cli.Call(line);
        Assert.True(called.Code == VaeCommand.BadInput, $"{disk.Failed}: {called.Code} {called.Output}");
        Assert.Contains(disk.Path, called.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", called.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Campaign.Content(cli.Path("")), file => file.Key.EndsWith(".tmp", StringComparison.Ordinal));
        return disk;
    }
}
