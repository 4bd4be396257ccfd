namespace Vae.Torch;

/// <summary>Shows the result of a run, loss terms, an evaluation, a diagnosis and data as tables.</summary>
internal sealed class NumberFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        .. TypeFormatter.Tables<TrainResult>(NumberTables.Table),
        .. TypeFormatter.Tables<Terms>(NumberTables.Table), .. TypeFormatter.Tables<Evaluation>(NumberTables.Table), .. TypeFormatter.Tables<Diagnosis>(NumberTables.Table),
        .. TypeFormatter.Tables<DataSplit>(NumberTables.Table),
    ];
}
