using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>What names each row of an answer: its place from 0, its class, and the columns of its file that no model sees.</summary>
internal sealed class RowNames
{
    private readonly Dataset data;
    private readonly TableTexts? texts;
    private readonly List<int> places;

    private RowNames(Dataset data, TableTexts? texts, IEnumerable<string> columns)
    {
        (this.data, this.texts) = (data, texts);
        var kept = columns.Where(column => texts is not null && texts.Find(column) >= 0).ToList();
        places = [.. kept.Select(column => texts!.Find(column))];
        var label = texts is null && data.HasLabels ? ValueList.From(["class"]) : [];
        Header = ValueList.From(["row"]).Append(label).Append(ValueList.From(kept));
    }

    /// <summary>The names of the columns.</summary>
    public ValueList<string> Header { get; }

    /// <summary>The names of the rows of a data set, which is all of a file if one is given.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="file">The file that they are all of; null for others.</param>
    /// <param name="windows">How the file was cut into them; then they are named by the time and the series of their first rows.</param>
    public static RowNames Create(Dataset data, string? file, WindowSpec windows)
    {
        if (file is null || !data.Schema.IsTable || !windows.IsUsed)
            return new(data, file is not null && data.Schema.IsTable
                    ? TableFile.Open(file, ParquetTables.Format, data.Schema.DecimalComma).Texts(data.Schema) : null,
                data.Schema.Columns.Where(column => column.Kind.Width == 0).Select(column => column.Name));
        var table = WindowTable.Open(file, ParquetTables.Format, data.Schema, windows, isMasked: true);
        return new(data,
            table.Texts with { Rows = [.. table.All.Select(window => table.Texts.Rows[window[0]])] },
            [windows.Time, windows.Group]);
    }

    /// <summary>The texts of one row.</summary>
    public ValueList<string> Texts(int row)
    {
        var place = row.ToString(CultureInfo.InvariantCulture);
        return texts is not null ? ValueList.From(places.Select(at => texts.Rows[row][at]).Prepend(place))
            : data.HasLabels ? [place, data.Classes[data.Labels.Span[row]]] : [place];
    }
}
