namespace Vae.Torch;

/// <summary>Formats training results, loss terms, evaluations, diagnoses and data sets as tables in a notebook.</summary>
internal sealed class NumberFormatters
{
    /// <summary>The formatters; notebooks find this method by its name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        .. TypeFormatter.Tables<TrainResult>(NumberTables.Table),
        .. TypeFormatter.Tables<Terms>(NumberTables.Table),
        .. TypeFormatter.Tables<Evaluation>(NumberTables.Table),
        .. TypeFormatter.Tables<Diagnosis>(NumberTables.Table),
        .. TypeFormatter.Tables<DataSplit>(NumberTables.Table),
    ];
}
