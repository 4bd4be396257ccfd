namespace Vae;

/// <summary>The data of a run.</summary>
/// <param name="Source">
/// A name (such as <c>digits</c>, <c>mnist</c>, <c>omniglot</c>, <c>frey-faces</c>, <c>cifar-10</c>, <c>emnist:letters</c>) or a path (a
/// folder of images or of tar files, .npy, .npz, .csv).
/// </param>
/// <param name="Binarization">How intensities become 0 or 1.</param>
/// <param name="Validation">The part of the training set that is used for validation; in [0, 1).</param>
/// <param name="Limit">Maximum number of training examples, the first of a keyed shuffle; 0 means all.</param>
/// <param name="ExcludedClasses">
/// Names of classes whose examples are excluded from all parts, as for anomaly detection; none by default.
/// </param>
/// <param name="RawValues">
/// Whether the numbers of a .npy, .npz or .csv file are raw values, such as counts and columns of a table. If not, they are intensities:
/// numbers in [0, 1], or bytes.
/// </param>
/// <param name="Masked">
/// Whether the channels of an example are followed by a mask: 1 for an observed value; 0, with the value set to 0, where the file has NaN
/// or an empty cell.
/// </param>
/// <param name="Schema">The columns of a table; none for data of other kinds. Of windows, those of all steps.</param>
/// <param name="Split">How the examples of one file are divided into parts; at random by default.</param>
/// <param name="Crop">
/// Whether of a picture in a folder that has other proportions than the model's input the middle is taken; else it is squeezed.
/// </param>
/// <param name="Windows">How the rows of a table are cut into windows; none if a row is an example.</param>
/// <param name="ShuffleBlocks">
/// How many blocks of neighbouring examples are shuffled together, in a random order of the blocks, so that data on a disk are read in
/// long pieces; 0 to shuffle all examples. A block is a row group of a Parquet file, or 256 examples of a tar or .npy file.
/// </param>
public sealed partial record DataSpec(
    string Source, Binarization Binarization, double Validation = 0, int Limit = 0, ValueList<string>? ExcludedClasses = null,
    bool RawValues = false, bool Masked = false, TableSchema? Schema = null, SplitRule? Split = null, bool Crop = false,
    WindowSpec? Windows = null, int ShuffleBlocks = 0)
{
    /// <summary>Names of classes whose examples are excluded from all parts; may be empty.</summary>
    public ValueList<string> ExcludedClasses { get; init; } = ExcludedClasses ?? [];

    /// <summary>The columns of a table; none for data of other kinds.</summary>
    public TableSchema Schema { get; init; } = Schema ?? TableSchema.None;

    /// <summary>How the examples of one file are divided into parts.</summary>
    public SplitRule Split { get; init; } = Split ?? SplitRules.Shuffled;

    /// <summary>How the rows of a table are cut into windows; none if a row is an example.</summary>
    public WindowSpec Windows { get; init; } = Windows ?? WindowSpec.None;

    internal ValueList<Problem> Problems(string path) => [
        .. Rules.If(string.IsNullOrWhiteSpace(Source), $"{path}.source", "must name a data set or a path", "nothing"),
        .. Rules.Within($"{path}.validation", Validation, 0, 1, closedHigh: false),
        .. Rules.AtLeast($"{path}.limit", Limit, 0),
        .. Rules.AtLeast($"{path}.shuffleBlocks", ShuffleBlocks, 0),
        .. ExcludedClasses.SelectMany((name, i) => Rules.If(
            string.IsNullOrWhiteSpace(name) || ExcludedClasses.Take(i).Contains(name), $"{path}.excludedClasses[{i}]",
            "must be the name of a class, given once", $"'{name}'")),
        .. Rules.If(
            RawValues && Binarization is not Binarization.None, $"{path}.binarization", "must be none with raw values", "another"),
        .. Rules.If(Schema.IsTable && !RawValues, $"{path}.rawValues", "must be true for a table with a schema", "false"),
        .. Schema.Problems($"{path}.schema"),
        .. Windows.Problems(Schema, $"{path}.windows"),
        .. Rules.If(Windows.IsUsed && Split is not SplitRule.Shuffled, $"{path}.split",
            "must be left out with windows, whose parts follow each other in time", "a rule"),
        .. Split.Problems($"{path}.split"),
        .. Rules.If(Schema.Modelled.Any(column => column.Name == SplitRules.By(Split)), $"{path}.split.by",
            "must be a column that the model does not see (set aside in data.schema)", $"'{SplitRules.By(Split)}'"),
        .. Binarization.Problems($"{path}.binarization")];
}
