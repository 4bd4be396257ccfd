using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
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
        if (values.Length > 0)
            MemoryMarshal.CreateSpan(ref rows[0, 0], values.Length).CopyTo(values);
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
    /// A null is a missing value, and then the data set has a mask. If a property is a text or a date, the records are a table: what its
    /// columns hold is inferred as from a file, and <see cref="Schema"/> says it.
    /// </summary>
    /// <typeparam name="T">The type of a record.</typeparam>
    /// <param name="records">At least one.</param>
    /// <exception cref="VaeException">There is no record, or a property is of another type or infinite.</exception>
    /// <example>
    /// <code>
    /// record Person(string Job, int Age, double? Income);
    ///
    /// var data = Dataset.FromRows(people);                                     // Person[]
    /// var model = Zoo.Mlp(data.Shape).With(likelihood: Likelihoods.OfTable(data.Schema, data.IsMasked));
    /// </code>
    /// </example>
    public static Dataset FromRows<T>(IEnumerable<T> records) where T : notnull
    {
        var columns = Columns<T>();
        if (!columns.Any(column => IsText(column.PropertyType)))
            return OfValues(
                [.. records.SelectMany(record => columns.Select(column => Number(column.GetValue(record))))], columns.Length);
        var table = TableFile.OfTexts(InMemory, Texts(records, columns));
        var inferred = table.Infer();
        var data = table.Read(inferred.Schema, inferred.HasMissing);
        return inferred.HasMissing ? data.WithMask() : data;
    }

    /// <summary>Records in memory as rows of a known table, such as that of a run: by the names of their properties.</summary>
    /// <typeparam name="T">The type of a record.</typeparam>
    /// <param name="records">At least one.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="isMasked">Whether cells may be missing; then the examples have a mask.</param>
    /// <exception cref="VaeException">There is no record, a property is of another type, or a column cannot hold a cell.</exception>
    public static Dataset FromRows<T>(IEnumerable<T> records, TableSchema schema, bool isMasked = false) where T : notnull
    {
        var data = TableFile.OfTexts(InMemory, Texts(records, Columns<T>())).Read(schema, isMasked);
        return isMasked ? data.WithMask() : data;
    }

    private static PropertyInfo[] Columns<T>()
    {
        PropertyInfo[] columns = [.. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)];
        foreach (var column in columns)
            VaeException.Require(IsNumeric(column.PropertyType) || IsText(column.PropertyType), $"{typeof(T).Name}.{column.Name}",
                "must be a number, a bool, an enum, a text or a date", column.PropertyType.Name);
        return columns;
    }

    private static TableTexts Texts<T>(IEnumerable<T> records, PropertyInfo[] columns) => new(
        ValueList.From(columns.Select(column => column.Name)),
        [.. records.Select(record => Array.ConvertAll(columns, column => Text(column.GetValue(record))))]);

    private static bool IsText(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var inner
        && (inner == typeof(string) || inner == typeof(char) || inner == typeof(DateTime) || inner == typeof(DateOnly));

    private static string Text(object? value) => value switch
    {
        null or float.NaN or double.NaN => "",
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        string text => text.Trim(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

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
