namespace Vae.Torch;

/// <summary>The data sets that are loaded by name.</summary>
internal static class KnownSets
{
    private delegate DataSplit Loading(DataOptions options, IProgress<DownloadProgress>? progress);

    private static readonly (string Name, Loading Load)[] All =
    [
        (EmbeddedDigits.Name, (options, _) => EmbeddedDigits.Load(options)),
        (EmbeddedSprites.Name, (options, _) => EmbeddedSprites.Load(options)),
        .. Mnist.Names.Select(name => (name, (Loading)((options, progress) => Mnist.Load(name, options, progress)))),
        (StaticMnist.Name, StaticMnist.Load),
        (Cifar.Name, Cifar.Load),
        (FreyFaces.Name, FreyFaces.Load),
        (Omniglot.Name, Omniglot.Load),
        (Dsprites.Name, Dsprites.Load),
        .. Emnist.Names.Select(name => (name, (Loading)((options, progress) => Emnist.Load(name, options, progress)))),
    ];

    /// <summary>Names of the data sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(set => set.Name)];

    /// <summary>Loads one of <see cref="Names"/>.</summary>
    public static DataSplit Load(string name, DataOptions options, IProgress<DownloadProgress>? progress) =>
        Array.Find(All, set => set.Name == name).Load(options, progress);
}
