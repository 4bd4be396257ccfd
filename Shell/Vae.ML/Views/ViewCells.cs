using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>The cells of a data view.</summary>
internal static class ViewCells
{
    private static readonly Dictionary<Type, Func<DataViewRow, DataViewSchema.Column, Func<object?>>> Getters = new()
    {
        [typeof(float)] = Number<float>,
        [typeof(double)] = Number<double>,
        [typeof(sbyte)] = Number<sbyte>,
        [typeof(byte)] = Number<byte>,
        [typeof(short)] = Number<short>,
        [typeof(ushort)] = Number<ushort>,
        [typeof(int)] = Number<int>,
        [typeof(uint)] = Number<uint>,
        [typeof(long)] = Number<long>,
        [typeof(ulong)] = Number<ulong>,
        [typeof(bool)] = Number<bool>,
        [typeof(DateTime)] = Number<DateTime>,
        [typeof(ReadOnlyMemory<char>)] = Text,
    };

    /// <summary>Reads the columns of all rows.</summary>
    public static CellTable Read(IDataView view, ValueList<ViewColumn> columns)
    {
        var inputs = columns.Select(column => column.Input).Distinct().Select(name => view.Schema[name]).ToList();
        var cells = columns.Select(_ => new List<object?>()).ToList();
        using var cursor = view.GetRowCursor(inputs);
        var getters = Cells(cursor, columns);
        while (cursor.MoveNext())
            for (var i = 0; i < getters.Count; i++)
                cells[i].Add(getters[i]());
        return new(ValueList.From(columns.Zip(cells, (column, values) => new GivenColumn(column.Name, [.. values]))));
    }

    /// <summary>The numbers of a vector in all rows.</summary>
    public static float[,] Rows(IDataView view, string name)
    {
        var columns = ViewColumns.Find(view.Schema, [name]);
        VaeException.Require(columns.All(column => column.Size > 0), $"rows.{SafeText.Cut(name)}", "must be a vector of numbers",
            view.Schema[name].Type);
        var read = new List<float[]>();
        using var cursor = view.GetRowCursor([view.Schema[name]]);
        var next = Vector(cursor, view.Schema[name], columns[0].Item);
        while (cursor.MoveNext())
            read.Add(next());
        var rows = new float[read.Count, columns.Count];
        for (var i = 0; i < read.Count; i++)
            read[i].CopyTo(MemoryMarshal.CreateSpan(ref rows[i, 0], columns.Count));
        return rows;
    }

    // A vector is read once for all of its columns.
    private static List<Func<object?>> Cells(DataViewRowCursor cursor, ValueList<ViewColumn> columns)
    {
        var vectors = columns.Where(column => column.Size > 0).Select(column => column.Input).Distinct()
            .ToDictionary(name => name, name => Once(cursor, Objects(cursor, cursor.Schema[name])));
        return [.. columns.Select(column => column.Size > 0 ? Slot(vectors[column.Input], column.Slot)
            : Getters[column.Item.RawType](cursor, cursor.Schema[column.Input]))];
    }

    private static Func<object?> Slot(Func<object[]> vector, int slot) => () => vector()[slot];

    private static Func<object[]> Once(DataViewRowCursor cursor, Func<object[]> read)
    {
        var (row, values) = (-1L, Array.Empty<object>());
        return () =>
        {
            if (row != cursor.Position)
                (row, values) = (cursor.Position, read());
            return values;
        };
    }

    private static Func<object[]> Objects(DataViewRow row, DataViewSchema.Column column) =>
        ((VectorDataViewType)column.Type).ItemType == NumberDataViewType.Single
            ? Dense<float, object>(row, column, value => value) : Dense<double, object>(row, column, value => value);

    private static Func<float[]> Vector(DataViewRow row, DataViewSchema.Column column, DataViewType item) =>
        item == NumberDataViewType.Single
            ? Dense<float, float>(row, column, value => value) : Dense<double, float>(row, column, value => (float)value);

    private static Func<TResult[]> Dense<T, TResult>(DataViewRow row, DataViewSchema.Column column, Func<T, TResult> convert)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var buffer = default(VBuffer<T>);
        return () =>
        {
            getter(ref buffer);
            return [.. buffer.DenseValues().Select(convert)];
        };
    }

    private static Func<object?> Number<T>(DataViewRow row, DataViewSchema.Column column) where T : struct
    {
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            var value = default(T);
            getter(ref value);
            return value;
        };
    }

    private static Func<object?> Text(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<ReadOnlyMemory<char>>(column);
        return () =>
        {
            var value = default(ReadOnlyMemory<char>);
            getter(ref value);
            return value.ToString();
        };
    }
}
