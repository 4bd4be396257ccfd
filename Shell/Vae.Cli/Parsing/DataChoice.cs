using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options that say where data comes from, shared by every command that reads some.</summary>
internal sealed class DataChoice
{
    private readonly Option<string> root = new("--data-root")
    {
        Description = "Folder of downloaded data sets (default: $VAE_DATA, else the user's cache)",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<int> size = new("--image-size")
    {
        Description = "Height and width to which images of a folder are resized (default: unchanged)",
    };
    private readonly Option<int> channels = new("--channels")
    {
        Description = "Channels of images read from a folder: 1 grey, 3 colour (default: unchanged)",
    };

    private readonly Option<int> memory = new("--data-memory")
    {
        Description = "MiB of a folder's images held in memory; a larger folder is read in parts (default: 2048)",
    };

    private (string Source, DataOptions Options) last;
    private DataSplit? loaded;

    public DataChoice(Command command)
    {
        command.Add(memory);
        command.Add(root);
        command.Add(size);
        command.Add(channels);
    }

    /// <summary>The data that a run's model was trained on, split as it was then.</summary>
    public DataSplit Load(ParseResult parsed, Experiment experiment) =>
        Load(parsed, experiment.Data, experiment.Train.Seed, experiment.Model.Input);

    public DataSplit Load(ParseResult parsed, DataSpec data, ulong seed, Shape? like = null)
    {
        var options = Options(parsed, data, seed, like);
        // Many runs on the same data load it once.
        if (loaded is null || last != (data.Source, options))
        {
            (last, loaded) = ((data.Source, options), DataSources.Load(data.Source, options, new Downloads()));
            foreach (var note in loaded.Train.Notes)
                Console.Error.WriteLine($"vae: {Messages.Clean($"{loaded.Train.Name}: {note}")}");
        }
        return loaded;
    }

    private DataOptions Options(ParseResult parsed, DataSpec data, ulong seed, Shape? like) => DataOptions.For(data, seed) with
    {
        Root = parsed.GetValue(root) ?? "",
        Channels = parsed.GetValue(channels) is > 0 and var wanted ? wanted : like is { IsImage: true } ? like.Channels : 0,
        Height = parsed.GetValue(size) is > 0 and var side ? side : like is { IsImage: true } ? like.Height : 0,
        Width = parsed.GetValue(size) is > 0 and var edge ? edge : like is { IsImage: true } ? like.Width : 0,
        Memory = (long)parsed.GetValue(memory) << 20,
        Decoder = ImageDecoders.Skia,
    };

    /// <summary>A path is kept whole, so that a run finds its data from any folder.</summary>
    public static string Source(string nameOrPath) =>
        DataSources.Names.Contains(nameOrPath) || !Path.Exists(nameOrPath) ? nameOrPath : Path.GetFullPath(nameOrPath);

    /// <summary>Says on standard error what is fetched: a first download takes a while.</summary>
    private sealed class Downloads : IProgress<DownloadProgress>
    {
        private string shown = "";

        public void Report(DownloadProgress value)
        {
            if (value.File != shown)
                Console.Error.WriteLine($"downloading {value.File}");
            shown = value.File;
        }
    }
}
