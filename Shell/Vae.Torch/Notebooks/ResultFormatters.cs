using System.Globalization;

namespace Vae.Torch;

/// <summary>Shows what a run gave: its loss terms and, where a notebook takes HTML, its curves.</summary>
internal sealed class ResultFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter("text/html", value => value is TrainResult result ? $"{NumberTables.Of(result).ToHtml()}{Curves(result.History)}" : null),
        .. TypeFormatter.Text<TrainResult>(result => $"{NumberTables.Of(result)}"),
    ];

    private static string Curves(ValueList<HistoryEntry> history)
    {
        if (history.Count == 0)
            return "";
        var picture = Pictures.Curves(history);
        return string.Create(CultureInfo.InvariantCulture,
            $"<img alt=\"loss terms over epochs\" width=\"{picture.Width / picture.Density}\" src=\"data:image/png;base64,{Convert.ToBase64String(picture.ToPng())}\"/>");
    }
}

/// <summary>Shows loss terms, an evaluation and a diagnosis as tables, and data as a line.</summary>
internal sealed class NumberFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        .. TypeFormatter.Tables<Terms>(NumberTables.Of), .. TypeFormatter.Tables<Evaluation>(NumberTables.Of), .. TypeFormatter.Tables<Diagnosis>(NumberTables.Of),
        .. TypeFormatter.Tables<DataSplit>(NumberTables.Of),
    ];
}
