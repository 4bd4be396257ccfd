namespace Vae.Torch;

/// <summary>How a data set is read and split.</summary>
/// <param name="Root">Folder to look in first, and to download to; empty for the user's cache.</param>
/// <param name="Channels">Of image folders: 1 grey, 3 colour. Of items without a shape of their own: channels, with height and width.</param>
/// <param name="Height">Of image folders: images are resized to it. Of items without a shape of their own: they are images of it.</param>
/// <param name="Width">Of image folders: images are resized to it. Of items without a shape of their own: they are images of it.</param>
/// <param name="Validation">Fraction taken from the training items, in [0, 1).</param>
/// <param name="Test">Fraction of all items, in [0, 1), where the set has no test part of its own.</param>
/// <param name="Limit">At most this many training items, the first of the shuffle; 0 for all.</param>
/// <param name="Seed">Of the shuffle that divides the set.</param>
/// <param name="Download">Whether a known set that is not on the disk may be fetched.</param>
/// <param name="Memory">Of image folders: most bytes of pictures that are held; a larger set is read from its files as it is needed. 0 for as many as an array holds.</param>
/// <param name="ExcludedClasses">Names of classes whose items are left out of all parts, after the limit; null for none.</param>
/// <param name="RawValues">Whether the numbers of .npy, .npz and .csv files are taken as they are; else they are intensities.</param>
/// <param name="Masked">Whether values may be missing (NaN, or an empty cell), and items get a mask after their channels.</param>
/// <param name="Decoder">Decodes the files of image folders; not needed for other data. The package Vae.Pictures has <c>ImageDecoders.Skia</c>.</param>
/// <param name="Schema">The columns of a .csv or .tsv file; null for a file of numbers.</param>
public sealed record DataOptions(
    string Root = "", int Channels = 0, int Height = 0, int Width = 0,
    double Validation = 0, double Test = 0.1, int Limit = 0, ulong Seed = 0, bool Download = true, long Memory = 0,
    ValueList<string>? ExcludedClasses = null, bool RawValues = false, bool Masked = false,
    IImageDecoder? Decoder = null, TableSchema? Schema = null)
{
    /// <summary>The parts of a run, by which a file is divided instead of by the seed; null for a new run.</summary>
    internal DataRecord? Record { get; init; }

    /// <summary>Whether a file that has other rows than the run was made with is divided all the same.</summary>
    internal bool AcceptChanges { get; init; }

    /// <summary>The options that a run's spec sets; the others keep their defaults.</summary>
    /// <param name="spec">What the run reads.</param>
    /// <param name="seed">The run's seed, which divides the set.</param>
    public static DataOptions For(DataSpec spec, ulong seed) =>
        new(Validation: spec.Validation, Limit: spec.Limit, Seed: seed, ExcludedClasses: spec.ExcludedClasses, RawValues: spec.RawValues, Masked: spec.Masked,
            Schema: spec.Schema.IsTable ? spec.Schema : null);
}
