using System.Globalization;
using Vae.Torch;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>Long campaigns: a few cases of each belong to the tests, an environment variable asks for more.</summary>
internal static class Campaign
{
    /// <summary>The number in an environment variable; <paramref name="usual"/> without it.</summary>
    public static int Number(string variable, int usual) => int.TryParse(
        Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;

    /// <summary>Shows a line with the test's result.</summary>
    public static void Print(ITestOutputHelper output, string line)
    {
        output.WriteLine(line);
        Log(line);
    }

    /// <summary>Appends a line at once to the file that VAE_CAMPAIGN_LOG names, if any: a long campaign can be watched.</summary>
    public static void Log(string line)
    {
        if (Environment.GetEnvironmentVariable("VAE_CAMPAIGN_LOG") is { } log)
            File.AppendAllText(log, line + "\n");
    }

    /// <summary>At most <paramref name="count"/> of the numbers 1, 2, …, <paramref name="last"/>, evenly spaced.</summary>
    public static IEnumerable<int> Spread(int last, int count) =>
        Enumerable.Range(0, Math.Min(last, count)).Select(i => 1 + (int)((2L * i + 1) * last / (2L * Math.Min(last, count))));

    /// <summary>The bytes of every file below a folder, by path relative to it.</summary>
    public static SortedDictionary<string, byte[]> Content(string folder) => new(
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes) : [], StringComparer.Ordinal);

    /// <summary>Makes a folder hold what another holds, and nothing else.</summary>
    public static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        if (!Directory.Exists(from))
            return;
        Directory.CreateDirectory(to);
        Write(Content(from), to);
    }

    /// <summary>Keeps what a fault left beside the file that VAE_CAMPAIGN_LOG names, if any, to be looked at.</summary>
    public static void Keep(SortedDictionary<string, byte[]>? left, string folder, string name)
    {
        if (Environment.GetEnvironmentVariable("VAE_CAMPAIGN_LOG") is not { } log)
            return;
        Write(left ?? [], $"{log}.{name}/left");
        Write(Content(folder), $"{log}.{name}/after");
    }

    private static void Write(SortedDictionary<string, byte[]> content, string to)
    {
        foreach (var (name, bytes) in content)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, name))!);
            File.WriteAllBytes(Path.Combine(to, name), bytes);
        }
    }

    /// <summary>What a run or a sweep computed: the files of a folder that do not depend on the clock.</summary>
    public static SortedDictionary<string, byte[]> Computed(string folder) => Computed(Content(folder));

    /// <summary>What a run or a sweep computed, of the content of its folder.</summary>
    public static SortedDictionary<string, byte[]> Computed(SortedDictionary<string, byte[]> content) => new(
        content.Where(file => Path.GetFileName(file.Key) is "model.safetensors" or "experiment.json" or "data.json"
            || Path.GetExtension(file.Key) is ".png" or ".npy" or ".onnx" or ".parquet").ToDictionary(), StringComparer.Ordinal);

    /// <summary>Reads each run in a folder, its own or those of a sweep: what a command reads of it must be whole.</summary>
    public static void Loads(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "experiment.json", SearchOption.AllDirectories))
        {
            var run = RunFolder.Open(Path.GetDirectoryName(file)!);
            Assert.Empty(Specs.Problems(run.Experiment()));
            Assert.True(run.History().Count <= run.Experiment().Train.Epochs);
            if (File.Exists(run.ModelFile))
                run.LoadModel().Dispose();
        }
    }

    /// <summary>Compares two results of <see cref="Computed"/>.</summary>
    public static void Same(SortedDictionary<string, byte[]> wanted, SortedDictionary<string, byte[]> got, string after)
    {
        Assert.True(wanted.Keys.SequenceEqual(got.Keys),
            $"{after}: {string.Join(", ", wanted.Keys.Except(got.Keys).Concat(got.Keys.Except(wanted.Keys)))}");
        Assert.All(wanted, file => Assert.True(file.Value.SequenceEqual(got[file.Key]), $"{after}: {file.Key} differs"));
    }
}
