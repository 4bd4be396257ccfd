namespace Vae;

/// <summary>A schema and what was understood of each column.</summary>
/// <param name="Schema">The columns with their kinds.</param>
/// <param name="Columns">One for each column of the schema.</param>
/// <param name="HasMissing">Whether a column that a model sees lacks a value in some row.</param>
public sealed partial record TableInference(TableSchema Schema, ValueList<ColumnSummary> Columns, bool HasMissing);

/// <summary>Schemas of tables of text.</summary>
public static class TableSchemas
{
    /// <summary>
    /// What the columns hold, by their texts alone: the order of rows does not matter, and that of columns only for the order in the
    /// schema. Or what is wrong with the choices.
    /// </summary>
    /// <param name="names">A name for each column; all different.</param>
    /// <param name="columns">The cells of each column.</param>
    /// <param name="choices">What a user says of some columns.</param>
    /// <param name="decimalComma">Whether numbers are written with a decimal comma.</param>
    public static Validated<TableInference> Infer(
        ValueList<string> names, IReadOnlyList<IEnumerable<string>> columns, ValueList<ColumnChoice> choices, bool decimalComma = false) =>
        Infer(names, columns, choices, decimalComma, int.MaxValue);

    /// <summary>The same of cells that are read where they lie, in two passes at most; <paramref name="max"/> texts are kept.</summary>
    internal static Validated<TableInference> Infer(
        ValueList<string> names, IReadOnlyList<IEnumerable<string>> columns, ValueList<ColumnChoice> choices, bool decimalComma, int max)
    {
        var unknown = ValueList.From(choices.Where(choice => !names.Contains(choice.Name)).Select(choice =>
            new Problem("columns", $"must name columns of the table, which are {ClassTexts.Shown(names)}", choice.Name)));
        var tallies = columns.Select(cells => ColumnTally.Of(cells, decimalComma, max)).ToList();
        var kinds = names.Zip(tallies, (name, tally) => choices.LastOrDefault(choice => choice.Name == name) is { } choice
            ? ColumnFits.Fit(choice, tally) : Validated.Valid(ColumnFits.Infer(name, tally))).ToList();
        // A table of constants is still a table.
        if (kinds.All(kind => kind.Match(found => found.Width == 0, _ => false)))
            kinds = [.. kinds.Zip(names.Zip(tallies), (kind, column) => choices.Any(choice => choice.Name == column.First)
                || !column.Second.IsNumeric
                ? kind : Validated.Valid(NumberFits.Plain(column.Second)))];
        var problems = unknown.Append(kinds.SelectMany(kind => kind.Match(_ => [], found => found)));
        if (problems.Count > 0)
            return Validated.Invalid<TableInference>(problems);
        var schema = new TableSchema(ValueList.From(names.Zip(kinds, (name, kind) =>
            new TableColumn(name, kind.Match(found => found, _ => new ColumnKind.SetAside(""))))), decimalComma);
        return schema.Problems("columns") is { Count: > 0 } wrong
            ? Validated.Invalid<TableInference>(wrong)
            : Validated.Valid(new TableInference(
                schema, ValueList.From(schema.Columns.Zip(tallies, ColumnSummary.Of)),
                schema.Columns.Zip(tallies).Any(pair => pair.First.Kind.Width > 0 && Lacks(pair.First.Kind, pair.Second))));
    }

    /// <summary>
    /// Numbers in the units of the file, for a likelihood that a user chose: no column is set aside, none is scaled, and some are moved to
    /// a mean of 0, so that they keep their digits in 32 bits. Columns of words are their categories; one named label is the label.
    /// </summary>
    /// <param name="names">A name for each column; all different.</param>
    /// <param name="columns">The cells of each column.</param>
    /// <param name="isCentred">Whether the column at a place among those that a model sees is moved.</param>
    /// <param name="decimalComma">Whether numbers are written with a decimal comma.</param>
    /// <param name="aside">A column that no model sees; empty for none.</param>
    /// <param name="max">Number of different texts of a column that are kept.</param>
    internal static Validated<TableSchema> OfNumbers(
        ValueList<string> names, IReadOnlyList<IEnumerable<string>> columns, Func<int, bool> isCentred, bool decimalComma = false,
        string aside = "", int max = int.MaxValue)
    {
        var (kinds, place, problems) = (new List<TableColumn>(), 0, new List<Problem>());
        foreach (var (name, cells) in names.Zip(columns))
        {
            var found = name == aside ? Validated.Valid<ColumnKind>(new ColumnKind.SetAside("for the split"))
                : ColumnFits.OfGiven(name, ColumnTally.Of(cells, decimalComma, max), isCentred(place));
            problems.AddRange(found.Match(_ => [], wrong => wrong));
            var kind = found.Match(kind => kind, _ => new ColumnKind.SetAside(""));
            place += kind.Width;
            kinds.Add(new(name, kind));
        }
        return problems.Count > 0 ? Validated.Invalid<TableSchema>(ValueList.From(problems))
            : Validated.Valid(new TableSchema(ValueList.From(kinds), decimalComma));
    }

    // A text among numbers that were asked for is no missing value: reading refuses it with its place.
    private static bool Lacks(ColumnKind kind, ColumnTally tally) =>
        tally.Missing > 0 || tally.Texts.Any(text => kind.Encode(text).NeedsMask);
}
