namespace Vae.Torch;

/// <summary>Examples of one shape, with or without labels. Immutable and independent of torch.</summary>
public sealed partial class Dataset
{
    private Dataset(string name, Shape shape, Pixels pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classes)
    {
        (Name, Shape, Pixels, Labels, Classes) = (name, shape, pixels, labels, classes);
        facts = new(() => ValueScan.Facts(this));
    }

    private Dataset(Dataset other) : this(other.Name, other.Shape, other.Pixels, other.Labels, other.Classes) =>
        (ConditionValues, ConditionWidth, Blocks, IsMasked, Schema, Notes) =
            (other.ConditionValues, other.ConditionWidth, other.Blocks, other.IsMasked, other.Schema, other.Notes);

    private readonly Lazy<DataFacts> facts;

    /// <summary>Name for messages and reports: that of a known data set, or a path.</summary>
    public string Name { get; }

    /// <summary>Shape of an example: [C, H, W] for images, [D] for vectors.</summary>
    public Shape Shape { get; private init; }

    /// <summary>The values of all examples, [Count, ...Shape], flat; intensities in [0, 1] or raw values.</summary>
    public Pixels Pixels { get; private init; }

    /// <summary>The labels [Count], each an index into <see cref="Classes"/>; empty without labels.</summary>
    public ReadOnlyMemory<int> Labels { get; private init; }

    /// <summary>Names of the classes in label order; empty without labels.</summary>
    public IReadOnlyList<string> Classes { get; private init; }

    /// <summary>
    /// The values of a condition on vectors or several labels, [Count, <see cref="ConditionWidth"/>], flat, finite; empty if
    /// none.
    /// </summary>
    public ReadOnlyMemory<float> ConditionValues { get; private init; }

    /// <summary>Number of condition values of an example; 0 if there are none.</summary>
    public int ConditionWidth { get; private init; }

    /// <summary>Number of examples.</summary>
    public int Count => (int)(Pixels.Length / ItemSize);

    /// <summary>Number of values in an example.</summary>
    public int ItemSize => (int)Shape.Size;

    /// <summary>Whether the examples have labels.</summary>
    public bool HasLabels => Classes.Count > 0;

    /// <summary>
    /// Whether each example has a mask after its own channels: 1 for an observed value; 0, with a value of 0, for a missing one.
    /// </summary>
    public bool IsMasked { get; private init; }

    /// <summary>The columns of a table; none for other data.</summary>
    public TableSchema Schema { get; private init; } = TableSchema.None;

    /// <summary>
    /// The block of each example [Count], such as a row group of its file, by which examples are shuffled
    /// (<see cref="DataSpec.ShuffleBlocks"/>); equal ones are consecutive. Empty if the file has no blocks.
    /// </summary>
    internal ReadOnlyMemory<int> Blocks { get; private init; }

    /// <summary>Sentences about what was read that a user should see, such as columns that were ignored.</summary>
    internal ValueList<string> Notes { get; private init; } = [];

    /// <summary>Facts about the values, by which specifications are validated and defaults chosen; computed once.</summary>
    public DataFacts Facts() => facts.Value;

    /// <summary>A copy of the data set with a mask: NaN becomes a missing value.</summary>
    /// <exception cref="VaeException">The data set has a mask already.</exception>
    public Dataset WithMask() => IsMasked
        ? throw new VaeException($"{Name}: must have no mask yet, got one")
        : new(this)
        {
            Shape = Shape.WithChannels(checked(2 * Shape.Channels)),
            Pixels = Pixels.WithMask(ItemSize),
            IsMasked = true,
        };

    /// <summary>
    /// The values of the examples without their mask, [Count, ...]; 0 where one is missing. The data set itself without a mask.
    /// </summary>
    internal Dataset WithoutMask() => !IsMasked ? this
        : new(this) { Shape = Shape.WithChannels(Shape.Channels / 2), Pixels = Pixels.OfFloats(Half(0)), IsMasked = false };

    /// <summary>The mask, [Count, ...] of the shape of the values: 1 for an observed value, 0 for a missing one.</summary>
    internal float[] Observed() => IsMasked ? Half(1) : [.. Enumerable.Repeat(1f, checked(Count * ItemSize))];

    private float[] Half(int which)
    {
        var (row, half) = (new float[ItemSize], ItemSize / 2);
        var values = new float[checked(Count * half)];
        for (var i = 0; i < Count; i++)
        {
            Pixels.CopyTo((long)i * ItemSize, row);
            row.AsSpan(which * half, half).CopyTo(values.AsSpan(i * half));
        }
        return values;
    }

    /// <summary>A copy whose labels are indices into other classes, which hold its own by name.</summary>
    /// <exception cref="VaeException">There are classes, but no labels.</exception>
    internal Dataset WithClasses(IReadOnlyList<string> classes)
    {
        if (HasLabels != classes.Count > 0)
            throw new VaeException($"{Name}: must have labels in both the training and the test set, or in neither, got them in one");
        int[] indices = [.. Classes.Select(name => classes.Index().First(other => other.Item == name).Index)];
        return new(this) { Labels = Array.ConvertAll(Labels.ToArray(), label => indices[label]), Classes = [.. classes] };
    }

    /// <summary>A copy with the given notes.</summary>
    internal Dataset WithNotes(ValueList<string> notes) => new(this) { Notes = notes };

    /// <summary>A copy whose examples lie in the given blocks [Count]; in none if they are empty.</summary>
    internal Dataset WithBlocks(ReadOnlyMemory<int> blocks) => new(this) { Blocks = blocks };

    /// <summary>A copy of the data set with values for a condition on vectors or several labels.</summary>
    /// <param name="values">[Count, width], flat, finite.</param>
    /// <param name="width">Number of values for each example; at least 1.</param>
    /// <exception cref="VaeException">There are too few or too many values, or one is not finite.</exception>
    public Dataset WithConditions(ReadOnlyMemory<float> values, int width)
    {
        if (width < 1)
            throw new VaeException($"{Name}.conditions: must have at least 1 value for each item, got {width}");
        if (values.Length != (long)Count * width)
            throw new VaeException($"{Name}.conditions: must be {width} values for each of {Count} items, got {values.Length} values");
        for (var i = 0; i < values.Length; i++)
            if (!float.IsFinite(values.Span[i]))
                throw new VaeException($"{Name}.conditions[{i / width}, {i % width}]: must be finite, got {values.Span[i]}");
        return new(this) { ConditionValues = values.ToArray(), ConditionWidth = width };
    }

    /// <summary>The same items as rows of a table.</summary>
    internal Dataset WithSchema(TableSchema schema, ValueList<string> notes) => new(this) { Schema = schema, Notes = notes };

    /// <summary>The same items in another shape of the same size.</summary>
    internal Dataset WithShape(Shape shape) => new(this) { Shape = shape };

    /// <summary>Creates a data set from values in memory.</summary>
    /// <param name="name">Name for messages and reports.</param>
    /// <param name="shape">Shape of an example: [C, H, W] or [D].</param>
    /// <param name="pixels">The values of all examples, one example after the other.</param>
    /// <param name="labels">A label for each example, from 0; empty without labels.</param>
    /// <param name="classes">Names of the classes in label order; empty without labels.</param>
    /// <exception cref="VaeException">There is no example, a dimension is below 1, or values or labels do not fit.</exception>
    /// <example>
    /// <code>
    /// byte[] images = new byte[2 * 28 * 28];                                  // two grey images, a byte for each pixel
    /// var data = Dataset.Create("mine", Shape.Image(1, 28, 28), Pixels.OfBytes(images), labels: new[] { 0, 1 }, classes: ["cat", "dog"]);
    /// </code>
    /// </example>
    public static Dataset Create(string name, Shape shape, Pixels pixels, ReadOnlyMemory<int> labels, IReadOnlyList<string> classes)
    {
        if (shape.Dims.Count == 0 || shape.Dims.Any(dim => dim < 1))
            throw new VaeException($"{name}.shape: must be at least 1 in each dimension, got {shape}");
        if (pixels.Length == 0)
            throw new VaeException($"{name}: must hold at least one item, got none");
        return OfPart(name, shape, pixels, labels, classes);
    }

    /// <summary>Creates a part of a data set, which may be empty.</summary>
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

    /// <summary>Indices of at most the given number of examples, evenly over the set, which may be sorted.</summary>
    internal int[] Evenly(int most)
    {
        var count = Math.Min(Count, most);
        return [.. Enumerable.Range(0, count).Select(i => (int)((long)i * Count / count))];
    }

    /// <summary>Copies the examples at some indices, in that order.</summary>
    /// <param name="indices">Indices in 0 … Count − 1; may repeat, may be empty.</param>
    public Dataset Take(ReadOnlySpan<int> indices)
    {
        var labels = new int[HasLabels ? indices.Length : 0];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Labels.Span[indices[i]];
        return new(this)
        {
            Pixels = Pixels.Take(indices, ItemSize),
            Labels = labels,
            ConditionValues = Pixels.Gather(ConditionValues.Span, indices, ConditionWidth),
            Blocks = Blocks.IsEmpty ? default : (ReadOnlyMemory<int>)Pixels.Gather(Blocks.Span, indices, 1),
        };
    }

    /// <summary>
    /// The shape of examples of <paramref name="width"/> values: a grey image if they are intensities that fill a square of at least 8×8,
    /// else a vector.
    /// </summary>
    internal static Shape ShapeOfFlat(int width, Reading reading) => reading.RawValues ? Shape.Vector(width)
        : (int)Math.Round(Math.Sqrt(width)) is var side && side >= 8 && side * side == width
            ? Shape.Image(1, side, side) : Shape.Vector(width);
}
