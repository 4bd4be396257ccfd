namespace Vae;

/// <summary>What is trained on.</summary>
/// <param name="Source">A name (<c>digits</c>, <c>mnist</c>, <c>fashion-mnist</c>) or a path (a folder of images, .npy, .npz, .csv).</param>
/// <param name="Binarization">How grey values become 0 or 1.</param>
/// <param name="Validation">The part of the training set that is held out for validation; in [0, 1).</param>
/// <param name="Limit">At most this many training examples, the first of a keyed shuffle; 0 means all.</param>
/// <param name="Without">Names of classes whose examples are left out of all parts, as a model of the ordinary wants it; none by default.</param>
/// <param name="AsGiven">Whether the numbers of a .npy, .npz or .csv file are taken as they are, for counts and tables; else they are intensities: numbers in [0, 1], or bytes.</param>
/// <param name="Masked">Whether examples get a mask after their own channels: 1 where a value is known, 0 (and 0 for the value) where the file has NaN or an empty cell.</param>
public sealed partial record DataSpec(
    string Source, Binarization Binarization, double Validation = 0, int Limit = 0, ValueList<string>? Without = null, bool AsGiven = false, bool Masked = false)
{
    /// <summary>Names of classes whose examples are left out of all parts; often none.</summary>
    public ValueList<string> Without { get; init; } = Without ?? [];
}
