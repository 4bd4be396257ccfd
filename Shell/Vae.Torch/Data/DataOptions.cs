namespace Vae.Torch;

/// <summary>How a data set is read and split.</summary>
/// <param name="Root">Folder to look in first, and to download to; empty for the user's cache.</param>
/// <param name="Channels">
/// Channels of an image folder: 1 (grey) or 3 (colour); 0 for grey if all images are grey, else colour. Of flat rows: channels of the
/// images that they are, with height and width.
/// </param>
/// <param name="Height">Height in pixels that the images of a folder are resized to; 0 for that of the first image.</param>
/// <param name="Width">Width in pixels that the images of a folder are resized to; 0 for that of the first image.</param>
/// <param name="Validation">Fraction of the training examples that become the validation set, in [0, 1).</param>
/// <param name="Test">Fraction of all examples that become the test set, in [0, 1); ignored where the data has a test set.</param>
/// <param name="Limit">Maximum number of training examples, the first of the shuffle; 0 for all.</param>
/// <param name="Seed">Seed of the shuffle that splits the data.</param>
/// <param name="Download">Whether a known data set that is not on disk may be downloaded.</param>
/// <param name="Memory">
/// Maximum number of bytes of pictures or a .npy file that are held in memory; more are read from their files on demand. 0
/// for as many as an array holds.
/// </param>
/// <param name="ExcludedClasses">Names of classes whose examples are excluded from all parts, after the limit; null for none.</param>
/// <param name="RawValues">Whether the numbers of .npy, .npz and .csv files are raw values; else they are intensities.</param>
/// <param name="Masked">Whether values may be missing (NaN, or an empty cell); examples then get a mask after their channels.</param>
/// <param name="Decoder">
/// Decodes image files; needed for image folders only. The package Vae.Pictures has <c>ImageDecoders.Skia</c>.
/// </param>
/// <param name="Schema">The columns of a table; null for a file of numbers. Of windows, those of all steps.</param>
/// <param name="Split">How the examples of one file are divided; null for at random. Ignored where the data has a test set.</param>
/// <param name="Crop">Whether of a picture of other proportions than height and width the middle is taken; else it is squeezed.</param>
/// <param name="Tables">
/// A format of tables beside .csv and .tsv; null for none. The package Vae.Parquet has <c>ParquetTables.Format</c>.
/// </param>
/// <param name="Windows">How the rows of a table are cut into windows; null if a row is an example.</param>
/// <param name="ShuffleBlocks">
/// Number of blocks of neighbouring examples that training shuffles together (<see cref="DataSpec.ShuffleBlocks"/>); then the parts keep
/// the order of the file. 0 to shuffle all examples.
/// </param>
public sealed record DataOptions(
    string Root = "", int Channels = 0, int Height = 0, int Width = 0,
    double Validation = 0, double Test = 0.1, int Limit = 0, ulong Seed = 0, bool Download = true, long Memory = 0,
    ValueList<string>? ExcludedClasses = null, bool RawValues = false, bool Masked = false,
    IImageDecoder? Decoder = null, TableSchema? Schema = null, ITableFormat? Tables = null, SplitRule? Split = null,
    bool Crop = false, WindowSpec? Windows = null, int ShuffleBlocks = 0)
{
    /// <summary>How the examples of one file are divided; at random by default.</summary>
    public SplitRule Split { get; init; } = Split ?? SplitRules.Shuffled;

    /// <summary>Number of bytes that are held in memory: <see cref="Memory"/>, at most those of an array.</summary>
    internal long MaxBytes => Memory == 0 ? Array.MaxLength : Math.Min(Memory, Array.MaxLength);

    /// <summary>The parts of a run, by which a file is divided instead of by the seed; null for a new run.</summary>
    internal DataRecord? Record { get; init; }

    /// <summary>Whether a file that has other rows than the run was made with is divided all the same.</summary>
    internal bool AcceptChanges { get; init; }

    /// <summary>The options that an experiment's data specification sets; the others keep their defaults.</summary>
    /// <param name="spec">The data specification.</param>
    /// <param name="seed">The experiment's seed, by which the data is split.</param>
    public static DataOptions For(DataSpec spec, ulong seed) => new(
        Validation: spec.Validation, Limit: spec.Limit, Seed: seed,
        ExcludedClasses: spec.ExcludedClasses, RawValues: spec.RawValues, Masked: spec.Masked,
        Schema: spec.Schema.IsTable ? spec.Schema : null, Split: spec.Split, Crop: spec.Crop,
        Windows: spec.Windows.IsUsed ? spec.Windows : null, ShuffleBlocks: spec.ShuffleBlocks);
}
