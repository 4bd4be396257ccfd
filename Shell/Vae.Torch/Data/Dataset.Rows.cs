using System.Globalization;
using System.Reflection;
using TorchSharp;

namespace Vae.Torch;

public sealed partial class Dataset
{
    private const string InMemory = "rows";

    /// <summary>Rows of numbers in memory, taken as they are; NaN marks a missing value, and then the data set has a mask.</summary>
    /// <param name="rows">[rows, values]; at least one of each, finite or NaN.</param>
    /// <exception cref="VaeException">There is no value, or one is infinite.</exception>
    /// <example>
    /// <code>
    /// var data = Dataset.FromRows(new float[,] { { 1.5f, 20 }, { 2.5f, float.NaN } });
    /// </code>
    /// </example>
    public static Dataset FromRows(float[,] rows)
    {
        var values = new float[rows.Length];
        Buffer.BlockCopy(rows, 0, values, 0, sizeof(float) * values.Length);
        return OfValues(values, rows.GetLength(1));
    }

    /// <summary>Rows of numbers in memory, taken as they are; NaN marks a missing value, and then the data set has a mask.</summary>
    /// <param name="rows">At least one row, all of one length; finite or NaN.</param>
    /// <exception cref="VaeException">There is no value, rows differ in length, or a value is infinite.</exception>
    public static Dataset FromRows(float[][] rows)
    {
        var width = rows.Length == 0 ? 0 : rows[0].Length;
        for (var i = 0; i < rows.Length; i++)
            VaeException.Require(rows[i].Length == width, $"rows[{i}]", $"must have the {width} values of the first row", rows[i].Length);
        return OfValues([.. rows.SelectMany(row => row)], width);
    }

    /// <summary>Rows of numbers in memory, one after the other; NaN marks a missing value, and then the data set has a mask.</summary>
    /// <param name="values">The values of all rows; copied; finite or NaN.</param>
    /// <param name="width">Number of values of a row; ≥ 1.</param>
    /// <exception cref="VaeException">The values are not whole rows, or one is infinite.</exception>
    public static Dataset FromRows(ReadOnlySpan<float> values, int width) => OfValues(values.ToArray(), width);

    /// <summary>Rows of numbers in a tensor; NaN marks a missing value, and then the data set has a mask.</summary>
    /// <param name="rows">[rows, values], of any type and on any device; copied.</param>
    /// <exception cref="VaeException">The tensor is not a matrix, has no value, or one is infinite.</exception>
    public static Dataset FromRows(torch.Tensor rows)
    {
        VaeException.Require(rows.dim() == 2, "rows", "must be a tensor of rows and values", $"{rows.dim()} axes");
        return OfValues(rows.ToFloats(), (int)rows.shape[1]);
    }

    /// <summary>
    /// Records in memory: each public property of a number, a truth value or an enum is a value of the row, in the order of declaration.
    /// A null is a missing value, and then the data set has a mask.
    /// </summary>
    /// <typeparam name="T">The type of a record.</typeparam>
    /// <param name="records">At least one.</param>
    /// <exception cref="VaeException">There is no record, or a property is of another type or infinite.</exception>
    public static Dataset FromRows<T>(IEnumerable<T> records) where T : notnull
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0)
            .ToArray();
        foreach (var column in columns)
            VaeException.Require(IsNumeric(column.PropertyType), $"{typeof(T).Name}.{column.Name}",
                "must be a number, a bool or an enum (a text is not)", column.PropertyType.Name);
        return OfValues([.. records.SelectMany(record => columns.Select(column => Number(column.GetValue(record))))], columns.Length);
    }

    private static bool IsNumeric(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var inner
        && (inner.IsEnum || inner == typeof(decimal) || inner.IsPrimitive && inner != typeof(char) && inner != typeof(nint)
            && inner != typeof(nuint));

    private static float Number(object? value) => value switch
    {
        null => float.NaN,
        Enum of => Convert.ToSingle(Convert.ChangeType(of, of.GetTypeCode(), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        _ => Convert.ToSingle(value, CultureInfo.InvariantCulture),
    };

    private static Dataset OfValues(float[] values, int width)
    {
        VaeException.Require(width >= 1 && values.Length > 0, "rows", "must have at least one row of at least one value", "none");
        var masked = values.Any(float.IsNaN);
        var pixels = Pixels.OfNumbers(
            values, i => $"rows[{i / width}, {i % width}]", new Reading(RawValues: true, Masked: masked));
        var data = Create(InMemory, Shape.Vector(width), pixels, default, []);
        return masked ? data.WithMask() : data;
    }
}
