using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The conditions of a data set as the networks take them: a row for each example.</summary>
internal static class ConditionRows
{
    /// <summary>The conditions [N, W]; null if there is no condition or it is part of the example.</summary>
    /// <exception cref="VaeException">The data does not fit the condition.</exception>
    public static Tensor? ToTensor(Dataset data, Condition condition, Device device)
    {
        var values = Values(data, condition);
        return values.Length == 0 ? null : values.ToTensor(device, data.Count, values.Length / data.Count);
    }

    /// <summary>Throws unless the data fits the condition.</summary>
    /// <exception cref="VaeException">The data has no values for the condition, or values outside its range.</exception>
    public static void Check(Dataset data, Condition condition) => Values(data, condition);

    /// <summary>Labels as one-hot rows [N, classes].</summary>
    public static float[] OneHot(ReadOnlySpan<int> labels, int classes, string path)
    {
        var hot = new float[labels.Length * classes];
        for (var i = 0; i < labels.Length; i++)
            hot[i * classes + InRange(labels[i], classes, $"{path}[{i}]")] = 1;
        return hot;
    }

    private static float[] Values(Dataset data, Condition condition) => condition.Match<float[]>(
        none: _ => [],
        label: l => data.HasLabels || data.Count == 0
            ? OneHot(data.Labels.Span, l.Classes, $"{data.Name}.labels")
            : throw new VaeException($"{data.Name}.labels: must exist for a model with the condition label, got none"),
        labels: l => OneHots(data, l.Classes),
        vector: v => ConditionValues(data, v.Width).ToArray(),
        quadrants: _ => []);

    private static float[] OneHots(Dataset data, ValueList<int> classes)
    {
        var given = ConditionValues(data, classes.Count).Span;
        var width = classes.Sum();
        var hot = new float[data.Count * width];
        for (int i = 0, row = 0; i < data.Count; i++, row += width)
            for (int j = 0, start = 0; j < classes.Count; start += classes[j++])
                hot[row + start + InRange(given[i * classes.Count + j], classes[j], $"{data.Name}.conditions[{i}, {j}]")] = 1;
        return hot;
    }

    private static ReadOnlyMemory<float> ConditionValues(Dataset data, int width) => data.ConditionWidth == width || data.Count == 0
        ? data.ConditionValues
        : throw new VaeException($"{data.Name}.conditions: must be {width} values for each example, as the model's condition has, "
            + $"got {(data.ConditionWidth == 0 ? "none" : data.ConditionWidth)}");

    private static int InRange(float label, int classes, string path) =>
        label >= 0 && label < classes && label == MathF.Truncate(label) ? (int)label
        : throw new VaeException($"{path}: must be a whole number in 0 … {classes - 1}, got {label}");
}
