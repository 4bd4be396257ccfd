namespace Vae.Torch;

/// <summary>Items of one shape, with a label each or none at all. Immutable; knows nothing of torch.</summary>
public sealed class Dataset
{
    private Dataset(string name, Shape shape, Pixels pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classes)
    {
        (Name, Shape, Pixels, Labels, Classes) = (name, shape, pixels, labels, classes);
        facts = new(() => ValueScan.Facts(this));
    }

    private readonly Lazy<DataFacts> facts;

    /// <summary>What messages and reports call it: a set's name or a path.</summary>
    public string Name { get; }

    /// <summary>Shape of one item: [C, H, W] of pictures, [D] of others.</summary>
    public Shape Shape { get; }

    /// <summary>[Count, ...Shape], flat; in [0, 1], or as they were given.</summary>
    public Pixels Pixels { get; }

    /// <summary>[Count], each an index into <see cref="Classes"/>; empty for a set without labels.</summary>
    public ReadOnlyMemory<int> Labels { get; }

    /// <summary>Names of the classes in label order; empty for a set without labels.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>[Count, <see cref="ConditionWidth"/>], flat, finite: what a condition of vectors or of several labels is made of; empty where none was given.</summary>
    public ReadOnlyMemory<float> ConditionValues { get; private init; }

    /// <summary>Values given for the condition of one item; 0 where there are none.</summary>
    public int ConditionWidth { get; private init; }

    /// <summary>Items held.</summary>
    public int Count => (int)(Pixels.Length / ItemSize);

    /// <summary>Values in one item.</summary>
    public int ItemSize => (int)Shape.Size;

    /// <summary>Whether every item has a label.</summary>
    public bool HasLabels => Classes.Count > 0;

    /// <summary>Whether each item has a mask after its own channels: 1 where a value is known, 0 (and 0 for the value) where it is not.</summary>
    public bool IsMasked { get; private init; }

    /// <summary>The columns of a table; none for other data.</summary>
    public TableSchema Schema { get; private init; } = TableSchema.None;

    /// <summary>Sentences about what was read that a user should see, such as columns that were ignored.</summary>
    internal ValueList<string> Notes { get; private init; } = [];

    /// <summary>What validation of a spec asks about.</summary>
    public DataFacts Facts() => facts.Value;

    /// <summary>The same items with their mask: NaN becomes a value of 0 that is not known. <see cref="VaeException"/> where they have one.</summary>
    public Dataset WithMask() => IsMasked
        ? throw new VaeException($"{Name}: must have no mask yet, got one")
        : new(Name, Shape.WithChannels(checked(2 * Shape.Channels)), Pixels.WithMask(ItemSize), Labels, Classes)
        {
            ConditionValues = ConditionValues,
            ConditionWidth = ConditionWidth,
            IsMasked = true,
            Schema = Schema,
            Notes = Notes,
        };

    /// <summary>The same items with values for a condition, <paramref name="width"/> for each: [Count, width], flat, finite.</summary>
    public Dataset WithConditions(ReadOnlyMemory<float> values, int width)
    {
        if (width < 1)
            throw new VaeException($"{Name}.conditions: must have at least 1 value for each item, got {width}");
        if (values.Length != (long)Count * width)
            throw new VaeException($"{Name}.conditions: must be {width} values for each of {Count} items, got {values.Length} values");
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values.Span[i]))
                throw new VaeException($"{Name}.conditions[{i / width}, {i % width}]: must be finite, got {values.Span[i]}");
        return new(Name, Shape, Pixels, Labels, Classes) { ConditionValues = values.ToArray(), ConditionWidth = width, IsMasked = IsMasked, Schema = Schema, Notes = Notes };
    }

    /// <summary>The same items as rows of a table.</summary>
    internal Dataset WithSchema(TableSchema schema, ValueList<string> notes) =>
        new(Name, Shape, Pixels, Labels, Classes) { ConditionValues = ConditionValues, ConditionWidth = ConditionWidth, IsMasked = IsMasked, Schema = schema, Notes = notes };

    /// <summary>The same items in another shape of the same size.</summary>
    internal Dataset WithShape(Shape shape) =>
        new(Name, shape, Pixels, Labels, Classes) { ConditionValues = ConditionValues, ConditionWidth = ConditionWidth, IsMasked = IsMasked, Notes = Notes };

    /// <summary>Checks that something is there, and that values fill whole items, and that labels fit items and classes.</summary>
    public static Dataset Create(string name, Shape shape, Pixels pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classes)
    {
        if (shape.Dims.Count == 0 || shape.Dims.Any(dim => dim < 1))
            throw new VaeException($"{name}.shape: must be at least 1 in each dimension, got {shape}");
        if (pixels.Length == 0)
            throw new VaeException($"{name}: must hold at least one item, got none");
        return OfPart(name, shape, pixels, labels, classes);
    }

    /// <summary>The same for a part of a set, which may be empty.</summary>
    internal static Dataset OfPart(string name, Shape shape, Pixels pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classes)
    {
        if (pixels.Length % shape.Size != 0)
            throw new VaeException($"{name}: must hold whole items of {shape.Size} values, got {pixels.Length} values");
        CheckLabels(name, (int)(pixels.Length / shape.Size), labels.Span, classes.Count);
        return new(name, shape, pixels, labels, [.. classes]);
    }

    private static void CheckLabels(string name, int count, ReadOnlySpan<int> labels, int classes)
    {
        if (labels.Length != (classes == 0 ? 0 : count))
            throw new VaeException($"{name}.labels: must be one for each of {count} items and {classes} classes, got {labels.Length}");
        for (var i = 0; i < labels.Length; i++)
            if ((uint)labels[i] >= (uint)classes)
                throw new VaeException($"{name}.labels[{i}]: must be in 0..{classes - 1}, got {labels[i]}");
    }

    /// <summary>The items at <paramref name="indices"/>, in that order, as a copy; none is allowed here, as in an empty validation set.</summary>
    public Dataset Take(ReadOnlySpan<int> indices)
    {
        var labels = new int[HasLabels ? indices.Length : 0];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Labels.Span[indices[i]];
        return new(Name, Shape, Pixels.Take(indices, ItemSize), labels, Classes)
        {
            ConditionValues = Pixels.Gather(ConditionValues.Span, indices, ConditionWidth),
            ConditionWidth = ConditionWidth,
            IsMasked = IsMasked,
            Schema = Schema,
            Notes = Notes,
        };
    }

    /// <summary>
    /// Of <paramref name="width"/> loose values: intensities that fill a square of at least 8×8 are a grey picture, raw values a vector of
    /// any width.
    /// </summary>
    internal static Shape ShapeOfFlat(int width, Reading reading) => reading.RawValues ? Shape.Vector(width)
        : (int)Math.Round(Math.Sqrt(width)) is var side && side >= 8 && side * side == width ? Shape.Image(1, side, side) : Shape.Vector(width);
}
