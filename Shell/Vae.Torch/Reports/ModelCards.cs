namespace Vae.Torch;

/// <summary>What a model card says beyond the run itself.</summary>
/// <param name="Name">Name of the model; empty for that of the run's folder.</param>
/// <param name="License">Identifier of the licence, as in <c>mit</c>; empty for that of the folder's card, or <c>unknown</c>.</param>
/// <param name="ImportanceSamples">Samples of the bound on −ln p(x), 1 … 1,000,000; 0 for no bound.</param>
internal sealed record ModelCardOptions(string Name = "", string License = "", int ImportanceSamples = 0);

/// <summary>
/// Model cards: Markdown with YAML front matter, as model hubs read it from the file <c>README.md</c> of a repository (Mitchell et al.
/// 2019). With its card, a run folder is such a repository.
/// </summary>
internal static class ModelCards
{
    /// <summary>The card's name in a run folder.</summary>
    public const string FileName = "README.md";

    private const string LicenseKey = "license: ", UnknownLicense = "unknown";

    /// <summary>Writes the card of a run to its folder, in place of an earlier one, whose licence it keeps.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="model">The run's model.</param>
    /// <param name="data">The run's data.</param>
    /// <param name="options">Name, licence and figures; null for the defaults.</param>
    /// <param name="path">Path of the file; null for <c>README.md</c> in the folder.</param>
    /// <returns>Path of the file.</returns>
    /// <exception cref="VaeException">The licence is no identifier, or the file cannot be written.</exception>
    public static string Write(RunFolder folder, VaeModel model, DataSplit data, ModelCardOptions? options = null, string? path = null)
    {
        path ??= folder.File(FileName);
        AtomicFile.WriteText(path, Text(folder, model, data, options));
        return path;
    }

    /// <summary>The text of a run's card.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="model">The run's model.</param>
    /// <param name="data">The run's data.</param>
    /// <param name="options">Name, licence and figures; null for the defaults.</param>
    /// <exception cref="VaeException">The licence is no identifier.</exception>
    public static string Text(RunFolder folder, VaeModel model, DataSplit data, ModelCardOptions? options = null)
    {
        options ??= new();
        var license = options.License.Length > 0 ? options.License : KeptLicense(folder);
        VaeException.Require(license.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+'), "license",
            "must be an identifier of letters, digits, dots and hyphens, as in mit or cc-by-4.0", license);
        var name = options.Name.Length > 0 ? options.Name
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path)));
        var experiment = folder.Experiment();
        var figures = data.Test.Count == 0 ? []
            : CardFigures.Measure(new(model, data.Test, experiment.Data.Binarization, experiment.Train.Seed), options.ImportanceSamples);
        return CardText.Write(new(name, license.ToLowerInvariant(), experiment, data, figures, folder.History()));
    }

    private static string KeptLicense(RunFolder folder) => File.Exists(folder.File(FileName))
        ? File.ReadLines(folder.File(FileName)).Take(20).FirstOrDefault(line => line.StartsWith(LicenseKey, StringComparison.Ordinal))
            is { Length: > 9 } line ? line[LicenseKey.Length..].Trim() : UnknownLicense
        : UnknownLicense;
}
