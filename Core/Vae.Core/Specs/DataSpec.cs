namespace Vae;

/// <summary>What is trained on.</summary>
/// <param name="Source">A name (<c>digits</c>, <c>mnist</c>, <c>fashion-mnist</c>) or a path (a folder of images, .npy, .npz, .csv).</param>
/// <param name="Binarization">How grey values become 0 or 1.</param>
/// <param name="Validation">The part of the training set that is held out for validation; in [0, 1).</param>
/// <param name="Limit">At most this many training examples, the first of a keyed shuffle; 0 means all.</param>
/// <param name="Without">Names of classes whose examples are left out of all parts, as a model of the ordinary wants it; none by default.</param>
public sealed record DataSpec(string Source, Binarization Binarization, double Validation = 0, int Limit = 0, ValueList<string>? Without = null)
{
    /// <summary>Names of classes whose examples are left out of all parts; often none.</summary>
    public ValueList<string> Without { get; init; } = Without ?? [];

    /// <summary>The same with other parts.</summary>
    public DataSpec With(string? source = null, Binarization? binarization = null, double? validation = null, int? limit = null, ValueList<string>? without = null) =>
        new(source ?? Source, binarization ?? Binarization, validation ?? Validation, limit ?? Limit, without ?? Without);
}
