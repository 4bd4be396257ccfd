using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>What names each row of an answer: its place from 0, its class, and the columns of its file that no model sees.</summary>
internal sealed class RowNames
{
    private readonly Dataset data;
    private readonly TableTexts? texts;
    private readonly List<int> places;

    private RowNames(Dataset data, TableTexts? texts)
    {
        (this.data, this.texts) = (data, texts);
        var kept = data.Schema.Columns
            .Where(column => column.Kind.Width == 0 && texts is not null && texts.Find(column.Name) >= 0).ToList();
        places = [.. kept.Select(column => texts!.Find(column.Name))];
        var label = texts is null && data.HasLabels ? ValueList.From(["class"]) : [];
        Header = ValueList.From(["row"]).Append(label).Append(ValueList.From(kept.Select(column => column.Name)));
    }

    /// <summary>The names of the columns.</summary>
    public ValueList<string> Header { get; }

    /// <summary>The names of the rows of a data set, which is all of a file if one is given.</summary>
    public static RowNames Create(Dataset data, string? file) => new(data, file is not null && data.Schema.IsTable
        ? TableFile.Open(file, ParquetTables.Format, data.Schema.DecimalComma).Texts(data.Schema) : null);

    /// <summary>The texts of one row.</summary>
    public ValueList<string> Texts(int row)
    {
        var place = row.ToString(CultureInfo.InvariantCulture);
        return texts is not null ? ValueList.From(places.Select(at => texts.Rows[row][at]).Prepend(place))
            : data.HasLabels ? [place, data.Classes[data.Labels.Span[row]]] : [place];
    }
}
