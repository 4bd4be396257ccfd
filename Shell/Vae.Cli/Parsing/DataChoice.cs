using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>The options that locate data, shared by all commands that load data.</summary>
internal sealed class DataChoice
{
    private readonly Option<string> root = new("--data-root")
    {
        Description = "Folder of downloaded data sets (default: $VAE_DATA, else the user's cache)",
        DefaultValueFactory = _ => "",
    };
    private readonly Option<string> size = new Option<string>("--image-size")
    {
        Description = "SIDE or HEIGHTxWIDTH to which images of a folder are resized, "
            + "or of the images in a file of flat rows (default: unchanged)",
    }.Checked(Sides);
    private readonly Option<bool> crop = new("--crop")
    {
        Description = "Take the middle of images that have other proportions than --image-size, instead of squeezing them",
    };
    private readonly Option<int> channels = new("--channels")
    {
        Description = "Channels of images read from a folder: 1 grey, 3 colour (default: unchanged)",
    };

    private readonly Option<int> memory = new("--data-memory")
    {
        Description = "MiB of a folder's images or a .npy file held in memory; a larger one is read in parts (default: 2048)",
    };

    private readonly Option<string> other = new("--data")
    {
        Description = "Data to use in place of the run's test set, all rows of it, read as the run's own (default: the test set)",
    };

    private readonly Lock loading = new();
    private (string Source, DataOptions Options) last;
    private DataSplit? loaded;

    /// <param name="command">The command.</param>
    /// <param name="isOfRun">Whether the command takes the folder of a run, whose data may be replaced.</param>
    public DataChoice(Command command, bool isOfRun = false)
    {
        command.Add(memory);
        command.Add(root);
        command.Add(size);
        command.Add(channels);
        if (!isOfRun)
        {
            command.Add(crop);
            return;
        }
        command.Add(other);
        command.Add(Common.AcceptChanges);
    }

    /// <summary>Whether images are asked for by their size.</summary>
    public bool AsksForImages(ParseResult parsed) => parsed.GetValue(size) is not null;

    /// <summary>Whether images are cropped.</summary>
    public bool Crops(ParseResult parsed) => parsed.GetValue(crop);


    /// <summary>The path of a source; a relative one may lie in the root.</summary>
    public string Locate(ParseResult parsed, string source) => DataRoots.Locate(source, parsed.GetValue(root) ?? "");

    /// <summary>The data that a run was trained on, divided as it was then; the test part is that of --data if it is given.</summary>
    public DataSplit Load(ParseResult parsed, RunFolder folder)
    {
        var experiment = folder.Experiment();
        var source = parsed.GetValue(other);
        return Load(parsed, experiment, folder, source is null ? null : Rows(parsed, experiment, Source(source)));
    }

    /// <summary>The data that a run was trained on; its test part is replaced by other rows if
    /// they are given, which may stand alone.</summary>
    public DataSplit Load(ParseResult parsed, Experiment experiment, RunFolder folder, Dataset? rows)
    {
        try
        {
            var own = Load(parsed, experiment.Data, experiment.Train.Seed, experiment.Model.Input, folder.DataRecord());
            return rows is null ? own : own with { Test = rows };
        }
        // A model may be judged on new data where its own are no longer there.
        catch (VaeException) when (rows is not null)
        {
            return new(rows, rows.Take([]), rows);
        }
    }

    /// <summary>The file of --data, found as it is read; null without one.</summary>
    public string? File(ParseResult parsed) => parsed.GetValue(other) is { } source ? Locate(parsed, Source(source)) : null;

    /// <summary>All rows of the data of --data with a mask, whether or not the run knows missing values; null without --data.</summary>
    public Dataset? Holes(ParseResult parsed, Experiment experiment)
    {
        if (parsed.GetValue(other) is not { } source)
            return null;
        var input = experiment.Model.Input;
        // Images of a run that knows no mask are complete.
        return experiment.Data.Masked || !input.IsVector ? Rows(parsed, experiment, Source(source)) : Rows(parsed, experiment.With(
            data: experiment.Data.With(masked: true),
            model: experiment.Model.With(input: input.WithChannels(2 * input.Channels))), Source(source));
    }

    /// <summary>All rows of other data, read as a run reads its own: by the names of its columns, in its units and categories.</summary>
    public Dataset Rows(ParseResult parsed, Experiment experiment, string source)
    {
        var spec = experiment.Data.With(source: source, validation: 0, limit: 0, excludedClasses: []);
        if (spec.Schema.IsTable && !TableFile.IsTable(source, ParquetTables.Format))
            throw new VaeException($"data: must be a .csv, .parquet or .tsv file with the columns of the run, got {source}");
        var split = DataSources.Load(source, Options(parsed, spec, 0, experiment.Model.Input) with { Test = 0 }, new Downloads());
        var rows = split.Test.Count > 0 ? split.Test : split.Train;
        Notes.Say(rows.Notes);
        return rows.Shape == experiment.Model.Input ? rows
            : throw new VaeException($"{rows.Name}: must have examples of shape {experiment.Model.Input} as the run has, got {rows.Shape}");
    }

    public DataSplit Load(ParseResult parsed, DataSpec data, ulong seed, Shape? like = null) => Load(parsed, data, seed, like, null);

    /// <summary>The data of an experiment, divided by its seed, or by the record of a run if there is one.</summary>
    public DataSplit Load(ParseResult parsed, DataSpec data, ulong seed, Shape? like, DataRecord? record)
    {
        var options = Options(parsed, data, seed, like) with { Record = record, AcceptChanges = parsed.GetValue(Common.AcceptChanges) };
        // Many runs on the same data load it once, also side by side.
        lock (loading)
            return Loaded(parsed, data, options);
    }

    private DataSplit Loaded(ParseResult parsed, DataSpec data, DataOptions options)
    {
        if (loaded is null || last != (data.Source, options))
        {
            (last, loaded) = ((data.Source, options), DataSources.Load(data.Source, options, new Downloads()));
            Notes.Say(loaded.Train.Notes);
            Notes.Say(loaded.Changes.Length > 0 ? [loaded.Changes] : []);
            // A program that reads the results must not miss that they are of other data.
            if (loaded.Changes.Length > 0 && parsed.GetValue(Common.Json))
                Printing.Line(parsed.InvocationConfiguration.Output, new { Event = "changedData", loaded.Changes });
        }
        return loaded;
    }

    private DataOptions Options(ParseResult parsed, DataSpec data, ulong seed, Shape? like) => DataOptions.For(data, seed) with
    {
        Root = parsed.GetValue(root) ?? "",
        Channels = parsed.GetValue(channels) is > 0 and var wanted ? wanted
            : like is { IsImage: true } ? like.Channels / (data.Masked ? 2 : 1) : 0,
        Height = parsed.GetValue(size) is { } asked ? Sides(asked).Height : like is { IsImage: true } ? like.Height : 0,
        Width = parsed.GetValue(size) is { } given ? Sides(given).Width : like is { IsImage: true } ? like.Width : 0,
        Memory = (long)parsed.GetValue(memory) << 20,
        Decoder = ImageDecoders.Skia,
        Tables = ParquetTables.Format,
    };

    private static (int Height, int Width) Sides(string text)
    {
        var sides = text.Split('x').Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length : 0).ToList();
        return sides is [> 0] or [> 0, > 0] ? (sides[0], sides[^1])
            : throw new VaeException($"image-size: must be SIDE or HEIGHTxWIDTH, got {text}");
    }

    /// <summary>What may be given as data, for help.</summary>
    public const string Kinds = "digits or sprites (embedded), mnist, fashion-mnist, static-mnist, omniglot, frey-faces, cifar-10, "
        + "dsprites, emnist (or emnist:letters, digits, mnist, byclass, bymerge), a folder of images, "
        + "or a .npy, .npz, .csv, .parquet or .tsv file";

    /// <summary>The data source; a path is made absolute, so that a run finds its data from any working directory.</summary>
    public static string Source(string nameOrPath) =>
        DataSources.Names.Contains(nameOrPath) || !Path.Exists(nameOrPath) ? nameOrPath : Path.GetFullPath(nameOrPath);

    /// <summary>A data source as part of the name of a folder.</summary>
    public static string FolderName(string source) =>
        Path.GetFileNameWithoutExtension(source.TrimEnd(Path.DirectorySeparatorChar)).Replace(':', '-');

    /// <summary>Reports downloads on standard error, as they may take a while.</summary>
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

    /// <summary>Sentences about data on standard error, beside results.</summary>
    private static class Notes
    {
        public static void Say(ValueList<string> notes)
        {
            foreach (var note in notes)
                Console.Error.WriteLine($"note: {OptionNames.Translate(Messages.Clean(note))}");
        }
    }
}
