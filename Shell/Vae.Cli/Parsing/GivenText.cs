using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Conditions on cells as they are written on a command line: <c>job=nurse,age>60</c>.</summary>
internal static class GivenText
{
    private static readonly string[] Relations = [">=", "<=", "!=", "=", ">", "<"];

    /// <summary>The conditions on the columns of a table; several on one column must all hold.</summary>
    public static ValueList<CellRule> Parse(string text, TableSchema schema)
    {
        if (!schema.IsTable)
            throw new VaeException($"given: must be left out for a run on data that are no table, got {text}");
        return ValueList.From(text.Split(',').Select(part => Term(part.Trim(), text)).GroupBy(term => term.Name)
            .Select(terms => Rule(terms.Key, [.. terms], schema)));
    }

    private sealed record Condition(string Name, string Relation, string Value);

    private static Condition Term(string part, string text)
    {
        var found = Relations.Select(relation => (relation, at: part.IndexOf(relation, StringComparison.Ordinal)))
            .Where(one => one.at > 0).OrderBy(one => one.at).ThenByDescending(one => one.relation.Length).FirstOrDefault();
        return found.relation is { } sign && part.Length > found.at + sign.Length
            ? new(part[..found.at].Trim(), sign, part[(found.at + sign.Length)..].Trim())
            : throw new VaeException("given: must be conditions such as job=nurse,age>60 "
                + $"(with {string.Join(' ', Relations)}), got {text}");
    }

    private static CellRule Rule(string name, Condition[] terms, TableSchema schema)
    {
        var columns = schema.Modelled;
        var index = columns.ToList().FindIndex(column => column.Name == name);
        if (index < 0)
            throw new VaeException("given: must name a column that the model sees, one of "
                + $"{string.Join(", ", columns.Select(column => column.Name))}, got {name}");
        var kind = columns[index].Kind;
        var tests = terms.Select(term => Test(kind, term)).ToList();
        return new(columns[index], columns.Take(index).Sum(column => column.Kind.Width), numbers =>
        {
            var cell = kind.Decode(numbers);
            return tests.All(test => test(cell));
        });
    }

    private static Func<string, bool> Test(ColumnKind kind, Condition term)
    {
        var isText = kind is ColumnKind.Binary or ColumnKind.Categorical or ColumnKind.Ordinal;
        if (kind.Encode(term.Value) is var encoded && (encoded.Rule.Length > 0 || encoded.IsMissing))
            throw new VaeException($"given: {(encoded.IsMissing ? "must have a value" : encoded.Rule)}, got {term.Value} for {term.Name}");
        if (isText && kind is not ColumnKind.Ordinal && term.Relation is not ("=" or "!="))
            throw new VaeException($"given: must be = or != for {term.Name}, whose values have no order, got {term.Relation}");
        Func<string, double> position = isText ? cell => kind.Encode(cell).Values[0]
            : kind is ColumnKind.Date date ? cell => ColumnKind.Date.Days(cell, date.Format)
            : cell => double.Parse(cell, CultureInfo.InvariantCulture);
        var limit = position(term.Value);
        return cell => position(cell) is var x && term.Relation switch
        {
            "=" => x == limit,
            "!=" => x != limit,
            ">" => x > limit,
            "<" => x < limit,
            ">=" => x >= limit,
            _ => x <= limit,
        };
    }
}
