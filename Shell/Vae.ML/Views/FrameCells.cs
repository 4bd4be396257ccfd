using System.Globalization;
using Microsoft.Data.Analysis;

namespace Vae.Torch;

/// <summary>The cells of a data frame, and data frames of cells.</summary>
internal static class FrameCells
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Reads columns of a data frame.</summary>
    /// <param name="frame">The data frame.</param>
    /// <param name="columns">Their names; null for all of numbers, truth values, texts and dates.</param>
    /// <exception cref="VaeException">A column is not there or of another type.</exception>
    public static CellTable Read(DataFrame frame, ValueList<string>? columns)
    {
        var names = columns ?? Names(frame);
        return new(ValueList.From(names.Select(name =>
        {
            var column = frame.Columns.FirstOrDefault(column => column.Name == name)
                ?? throw ViewColumns.Missing(name, frame.Columns.Select(column => column.Name));
            VaeException.Require(IsTaken(column.DataType), $"rows.{SafeText.Cut(name)}",
                "must be of numbers, truth values, texts or dates", column.DataType.Name);
            return new GivenColumn(name, [.. Enumerable.Range(0, (int)frame.Rows.Count).Select(row => column[row])]);
        })));
    }

    /// <summary>The names of the columns that can be read.</summary>
    public static ValueList<string> Names(DataFrame frame) =>
        ValueList.From(frame.Columns.Where(column => IsTaken(column.DataType)).Select(column => column.Name));

    /// <summary>Throws if ML.NET would read a missing cell as 0: it has no missing whole numbers and truth values.</summary>
    public static void RequireNoMissingCells(DataFrame frame, ValueList<ViewColumn> columns)
    {
        foreach (var column in frame.Columns.Where(column => columns.Any(known => known.Input == column.Name)))
            VaeException.Require(column.NullCount == 0 || column.DataType == typeof(string) || column.DataType == typeof(DateTime)
                || column.DataType == typeof(float) || column.DataType == typeof(double), $"rows.{SafeText.Cut(column.Name)}",
                "must have no missing cell, which ML.NET reads as 0 in columns of this type (a column of Single or Double can have them)",
                $"{column.NullCount} of {column.DataType.Name}");
    }

    /// <summary>A column of cells of texts, in the type that a kind has; an empty text is a missing cell.</summary>
    public static DataFrameColumn Typed(string name, ColumnKind kind, IEnumerable<string> texts) => kind switch
    {
        ColumnKind.Binary { Zero: "false", One: "true" } => new BooleanDataFrameColumn(name, texts.Select(Truth)),
        ColumnKind.Binary of when AreNumbers([of.Zero, of.One]) => Numbers(name, texts),
        ColumnKind.Ordinal of when AreNumbers(of.Levels) => Numbers(name, texts),
        ColumnKind.Categorical { Other: "" } of when AreNumbers(of.Categories) => Numbers(name, texts),
        ColumnKind.Binary or ColumnKind.Ordinal or ColumnKind.Categorical =>
            new StringDataFrameColumn(name, texts.Select(text => text.Length == 0 ? null : text)),
        ColumnKind.Date date => new DateTimeDataFrameColumn(name, texts.Select(text => Moment(text, date.Format))),
        _ => Numbers(name, texts),
    };

    private static bool IsTaken(Type type) => type == typeof(string) || type == typeof(DateTime) || type == typeof(decimal)
        || type.IsPrimitive && type != typeof(nint) && type != typeof(nuint) && type != typeof(char);

    private static bool AreNumbers(ValueList<string> texts) => texts.All(NumberTexts.IsNumber);

    private static DoubleDataFrameColumn Numbers(string name, IEnumerable<string> texts) =>
        new(name, texts.Select(text => text.Length == 0 ? (double?)null : NumberTexts.Parse(text)));

    private static bool? Truth(string text) => text.Length == 0 ? null : text == "true";

    private static DateTime? Moment(string text, string format) => text.Length == 0 ? null
        : DateTime.ParseExact(text, format, Culture, DateTimeStyles.None);
}
